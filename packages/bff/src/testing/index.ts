export { StoreCheckError } from './assertions.js';
export type { OpenStore, StoreCheck, StoreOpening } from './store-check.js';
export { storeChecks } from './store-checks.js';
