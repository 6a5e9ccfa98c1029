import type { PayoutRecord } from '../payout/payout.js';
import type { Store } from '../store/store.js';
import type { Commit } from './commit.js';
import type { Decision } from './decision.js';
import type { Refusal } from './operator.js';

/** What became of somebody's act. */
export type ActResult =
  | { kind: 'done'; record: PayoutRecord }
  | { kind: 'refused'; because: 'unknown_payout' }
  | { kind: 'refused'; because: Refusal; record: PayoutRecord };

export interface ActOptions {
  scope: string;
  store: Store;
  commit: Commit;
  wake: (payoutId: string) => void;
}

/** What a person or a server decides about a payout, on its newest state; committed like any step of the engine. */
export type Perform = (
  payoutId: string,
  act: (record: PayoutRecord) => Decision | Refusal | null | Promise<Decision | Refusal | null>,
) => Promise<ActResult>;

const tries = 10;

/** Makes acts true: each is decided again on what others left, if they were faster. A `null` finds it done already. */
export function createPerform({ scope, store, commit, wake }: ActOptions): Perform {
  return async (payoutId, act) => {
    for (let n = 0; n < tries; n += 1) {
      const record = await store.load(payoutId);
      if (record?.payout.scope !== scope) return { kind: 'refused', because: 'unknown_payout' };
      const decision = await act(record);
      if (decision === null) return { kind: 'done', record };
      if (typeof decision === 'string') return { kind: 'refused', because: decision, record };
      const committed = await commit(record, decision);
      if (typeof committed === 'string') continue;
      wake(payoutId);
      return { kind: 'done', record: committed };
    }
    throw new Error('a payout changed faster than it could be read');
  };
}
