export { type Keys, KeysError, loadKeys } from './keys.js';
export { PersistError } from './persist.js';
export { PortError, type ServedSandbox, type ServeOptions, serveSandbox } from './serve.js';
