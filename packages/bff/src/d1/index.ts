export type { D1Binding, D1Prepared } from './d1-binding.js';
export { type D1StoreOptions, d1Store } from './d1-store.js';
export { type MigrationFile, migrationFiles } from './migrations.js';
