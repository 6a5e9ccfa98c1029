import { type ActResult, createPerform } from '../engine/act.js';
import type { Commit } from '../engine/commit.js';
import { wordFrom } from '../engine/operator.js';
import type { EngineRules } from '../engine/rules.js';
import type { Destination, PayoutDesk, StartResult } from '../payout/desk.js';
import type { PayoutRecord } from '../payout/payout.js';
import type { Notice } from '../store/notice.js';
import type { NoticeListRequest, Place, Store } from '../store/store.js';
import type { PayoutOrder } from '../tickets/ticket.js';

/** A page of notices; `next` continues the list. */
export interface NoticePage {
  notices: Notice[];
  next: Place | null;
}

/** What the merchant's own servers may ask for: they hold the server key, so no ticket and no browser is needed. */
export interface MerchantDesk {
  /** Records the payout of a kept token, by the same rules and limits as a recipient's. */
  pay(order: PayoutOrder, destination: Destination, attempt?: number): Promise<StartResult>;
  find(payoutId: string): Promise<PayoutRecord | null>;
  findByRef(ref: string): Promise<PayoutRecord | null>;
  /** Withdraws a payout, where nothing was started yet or the bank waits for a word. Again is no error. */
  cancel(payoutId: string, why: string): Promise<ActResult>;
  notices(query: Omit<NoticeListRequest, 'scope'>): Promise<NoticePage>;
  /** Sends a notice once more, now; null when there is none of this id. */
  resend(noticeId: string): Promise<Notice | null>;
}

export interface MerchantDeskOptions {
  scope: string;
  store: Store;
  commit: Commit;
  rules: EngineRules;
  start: PayoutDesk['start'];
  clock: { now(): number };
  wake: (payoutId: string) => void;
  /** Delivers what is due to the merchant; does nothing where nobody is told. */
  deliver: () => void;
}

/** The merchant's desk over a store and the engine's hands. */
export function createMerchantDesk(options: MerchantDeskOptions): MerchantDesk {
  const { scope, store, rules, start, clock, deliver } = options;
  const perform = createPerform(options);

  async function notices(query: Omit<NoticeListRequest, 'scope'>): Promise<NoticePage> {
    const found = await store.listNotices({ ...query, scope });
    const last = found.at(-1);
    const more = last !== undefined && found.length === query.limit;
    return { notices: found, next: more ? { createdAt: last.createdAt, id: last.id } : null };
  }

  return {
    pay: (order, destination, attempt) => start(order, destination, { by: 'merchant', attempt }),
    async find(payoutId) {
      const record = await store.load(payoutId);
      return record?.payout.scope === scope ? record : null;
    },
    findByRef: (ref) => store.loadByRef(scope, ref),
    cancel: (payoutId, why) =>
      perform(payoutId, (record) => {
        if (isCancelled(record)) return null;
        return wordFrom('merchant', 'cancel', record, { who: 'merchant', why }, clock.now(), rules);
      }),
    notices,
    async resend(noticeId) {
      const [known] = (await notices({ id: noticeId, limit: 1 })).notices;
      if (!known) return null;
      const at = clock.now();
      await store.batch([{ do: 'resendNotice', id: noticeId, at }]);
      deliver();
      return { ...known, dueAt: at };
    },
  };
}

function isCancelled({ payout: { status, word } }: PayoutRecord): boolean {
  return status === 'cancelled' || status === 'cancelling' || word?.say === 'cancel';
}
