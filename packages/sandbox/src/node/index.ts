export { type Keys, KeysError, loadKeys } from './keys.js';
export { PortError, type ServedSandbox, type ServeOptions, serveSandbox } from './serve.js';
