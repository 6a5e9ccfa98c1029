export { LoadError, type LoadErrorCode } from './errors.js';
export type { LoadOptions } from './options.js';
export { preconnect } from './preconnect.js';
export { loadScript, type ScriptOptions } from './script.js';
export { loadStyle } from './style.js';
