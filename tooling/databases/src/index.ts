export { type D1, type D1Options, startD1 } from './d1.ts';
export { type Postgres, startPostgres } from './postgres.ts';
export { type Fate, startWire, type Wire } from './wire.ts';
