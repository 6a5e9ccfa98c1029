import type { Commit } from '../../dist/engine/commit.js';
import type { decide } from '../../dist/engine/decide.js';
import type { EngineRules } from '../../dist/engine/rules.js';
import type { AppDeps } from '../../dist/http/deps.js';
import type { Store } from '../../dist/index.js';
import type { Courier } from '../../dist/notify/courier.js';
import type { Random } from '../random.ts';

/** What a break finds in the replica that it is built into. */
export interface Surroundings {
  readonly rules: EngineRules;
  readonly clock: { now(): number };
  readonly random: Random;
  readonly scope: string;
  /** The replica's own way to the store, unbroken. */
  readonly store: Store;
  readonly commit: Commit;
  /** The merchant's address, as the courier reaches it. */
  readonly tellMerchant: typeof fetch;
}

/**
 * A BFF without one of its safety rules: wrappers around the product's seams, never flags inside of it. The simulator
 * must notice each of them, or it would prove nothing.
 */
export interface Break {
  /** The rule that is taken out. */
  readonly without: string;
  readonly decide?: (right: typeof decide) => typeof decide;
  readonly store?: (right: Store, surroundings: Surroundings) => Store;
  readonly commit?: (right: Commit, surroundings: Surroundings) => Commit;
  /** What the HTTP routes work with: the desk, the judge of webhooks. */
  readonly http?: (right: AppDeps, surroundings: Surroundings) => AppDeps;
  readonly courier?: (right: Courier) => Courier;
}
