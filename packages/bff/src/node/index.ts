export { type DrainableBff, type Loop, type LoopClock, type LoopOptions, runLoop } from './loop.js';
export { type NodeHandler, type NodeHandlerOptions, nodeHandler } from './node-handler.js';
export { PortTakenError } from './port-taken-error.js';
export { type RunningServer, type ServableBff, type ServeOptions, serve } from './serve.js';
export { socketAddress } from './socket-address.js';
export { type SqliteStoreOptions, sqliteStore } from './sqlite-store.js';
