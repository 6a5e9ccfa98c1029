import { forgettingChecks } from './forgetting-checks.js';
import { keepingChecks } from './keeping-checks.js';
import { leaseChecks } from './lease-checks.js';
import { raceChecks } from './race-checks.js';
import { recordChecks } from './record-checks.js';
import type { StoreCheck } from './store-check.js';

/**
 * Everything a store must do, for a store of your own, in whatever runs your tests:
 *
 * ```ts
 * for (const { name, run } of storeChecks) test(name, () => run(({ data, clock }) => myStore({ data, clock })));
 * ```
 */
export const storeChecks: readonly StoreCheck[] = [
  ...recordChecks,
  ...raceChecks,
  ...leaseChecks,
  ...forgettingChecks,
  ...keepingChecks,
];
