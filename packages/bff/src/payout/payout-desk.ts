import type { Commit } from '../engine/commit.js';
import type { Decision } from '../engine/decision.js';
import { giveWord, openAttempt, openPayout } from '../engine/recipient.js';
import type { EngineRules } from '../engine/rules.js';
import type { LimitKeeper } from '../limits/limits.js';
import type { Secrets } from '../secrets/secrets.js';
import type { Store } from '../store/store.js';
import type { PayoutOrder } from '../tickets/ticket.js';
import type { Destination, PayoutDesk, StartOptions, StartResult, WordResult } from './desk.js';
import type { PayoutRecord } from './payout.js';
import { currentAttempt, isFinal, isRetryable, isWithdrawnSince } from './payout.js';
import { sealPersonal } from './personal.js';

export interface PayoutDeskOptions {
  scope: string;
  store: Store;
  commit: Commit;
  limits: LimitKeeper;
  rules: EngineRules;
  secrets: Secrets;
  clock: { now(): number };
  /** Called with the payout that has become due. */
  wake: (payoutId: string) => void;
  newId: () => string;
  /** How often `changed` looks at the store, in milliseconds, for what other processes did. */
  pollEvery: number;
}

/** How often a write is tried again when somebody else was faster; each time on what they left. */
const tries = 10;
/** How long after the last question to the bank a reader may bring the next one forward. */
const nudgeAfter = 5000;

/** The desk over a store and an engine. */
export function createPayoutDesk(options: PayoutDeskOptions): PayoutDesk {
  const { scope, store, commit, limits, rules, secrets, clock, wake, newId, pollEvery } = options;

  return {
    async current(ticket) {
      const record = await store.loadByRef(scope, ticket.ref);
      if (!record) return null;
      return (await fits(record, ticket)) ? record : 'mismatch';
    },
    start,
    find: (payoutId) => inScope(payoutId),
    say,
    takeWebhook,
    changed,
    async nudge({ payout }) {
      const now = clock.now();
      const idle = isFinal(payout.status) || payout.dueAt === null || payout.dueAt <= now + nudgeAfter;
      if (idle || (payout.askedAt ?? payout.changedAt) > now - nudgeAfter) return;
      await store.batch([{ do: 'wake', payoutId: payout.id, at: now }]);
      wake(payout.id);
    },
  };

  async function inScope(payoutId: string): Promise<PayoutRecord | null> {
    const record = await store.load(payoutId);
    return record?.payout.scope === scope ? record : null;
  }

  async function fits({ payout }: PayoutRecord, order: PayoutOrder): Promise<boolean> {
    return secrets.matches('ticket', fingerprintOf(order), payout.fingerprint);
  }

  async function start(
    order: PayoutOrder,
    destination: Destination,
    { by = 'recipient', attempt: asked, mintedAt }: StartOptions = {},
  ): Promise<StartResult> {
    if (!limits.allows(order.amount)) return { kind: 'limit' };
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const found = await store.loadByRef(scope, order.ref);
      const result = found
        ? await startAgain(found, order, destination, { asked, mintedAt })
        : (asked ?? 1) === 1
          ? await startFirst(order, destination, by)
          : ({ kind: 'changed', record: null } as const);
      if (result) return result;
    }
    throw new Error('a payout changed faster than it could be read');
  }

  async function startFirst(
    order: PayoutOrder,
    { kind, token }: Destination,
    by: 'recipient' | 'merchant',
  ): Promise<StartResult | null> {
    const { ref, subject, amount, currency, description, metadata } = order;
    const fingerprint = await secrets.digest('ticket', fingerprintOf(order));
    const digest = await secrets.digest('destination', token);
    const confirm = by === 'merchant' && rules.confirm === 'recipient' ? 'automatic' : rules.confirm;
    const decision = openPayout(
      { id: newId(), scope, ref, subject, amount, currency, description, metadata, fingerprint, confirm },
      { destination: kind, digest },
      clock.now(),
      by,
    );
    return open(null, decision, order, token);
  }

  async function startAgain(
    record: PayoutRecord,
    order: PayoutOrder,
    { kind, token }: Destination,
    { asked, mintedAt }: { asked: number | undefined; mintedAt: number | undefined },
  ): Promise<StartResult | null> {
    if (!(await fits(record, order))) return { kind: 'mismatch' };
    const current = currentAttempt(record);
    const same =
      current.destination === kind && (await secrets.matches('destination', token, current.digest));
    const isRepeat = asked === undefined || asked <= current.number || !isRetryable(record);
    if (same && isRepeat) return { kind: 'accepted', record };
    if (record.payout.status === 'succeeded' || record.payout.status === 'returned')
      return { kind: 'finished', record };
    const isNext = asked === undefined || asked === current.number + 1;
    if (!isNext && isRetryable(record)) return { kind: 'changed', record };
    if (mintedAt !== undefined && isWithdrawnSince(record, mintedAt)) return { kind: 'withdrawn', record };
    const digest = await secrets.digest('destination', token);
    const { description, metadata } = order;
    const account = { destination: kind, digest };
    const decision = openAttempt(record, account, { description, metadata }, clock.now(), rules);
    if (decision) return open(record, decision, order, token);
    const over = isFinal(record.payout.status) && record.attempts.length >= rules.maxAttempts;
    return { kind: over ? 'exhausted' : 'in_progress', record };
  }

  /** A new attempt: counted in the limits, its personal data sealed, all in the batch that records it. */
  async function open(
    before: PayoutRecord | null,
    decision: Decision,
    { fullName }: PayoutOrder,
    token: string,
  ): Promise<StartResult | null> {
    const { payout } = decision.record;
    const { reserved, statements } = limits.reserve(payout, clock.now());
    const counted = { ...decision, record: { ...decision.record, payout: { ...payout, reserved } } };
    const personal = await sealPersonal(payout.id, { fullName, token }, secrets);
    const committed = await commit(before, counted, [...statements, { do: 'putPersonal', personal }]);
    if (committed === 'limit') return { kind: 'limit' };
    if (committed === 'taken') return null;
    wake(committed.payout.id);
    return { kind: 'accepted', record: committed };
  }

  async function say(
    payoutId: string,
    attempt: number,
    word: 'confirm' | 'cancel',
  ): Promise<WordResult | null> {
    for (let n = 0; n < tries; n += 1) {
      const record = await inScope(payoutId);
      if (!record) return null;
      const { word: given } = record.payout;
      const repeated = given?.say === word && given.by === 'recipient' && record.payout.attempt === attempt;
      if (repeated) return { kind: 'accepted', record };
      const decision = giveWord(record, attempt, word, clock.now());
      if (!decision) return { kind: 'not_confirmable', record };
      const committed = await commit(record, decision);
      if (typeof committed === 'string') continue;
      wake(payoutId);
      return { kind: 'accepted', record: committed };
    }
    throw new Error('a payout changed faster than it could be read');
  }

  async function takeWebhook({
    digest,
    type,
    sessionId,
  }: {
    digest: string;
    type: string;
    sessionId: string;
  }) {
    const at = clock.now();
    const record = await store.loadBySession(scope, sessionId);
    if (!record) return false;
    const payoutId = record.payout.id;
    await store.batch([
      { do: 'recordWebhook', digest, type, sessionId, at },
      { do: 'wake', payoutId, at },
    ]);
    wake(payoutId);
    return true;
  }

  async function changed(payoutId: string, after: number, timeout: number, signal: AbortSignal) {
    const giveUpAt = performance.now() + timeout;
    let news = Promise.withResolvers<void>();
    const stop = store.watch?.((changedId) => {
      if (changedId === payoutId) news.resolve();
    });
    const onAbort = () => news.resolve();
    signal.addEventListener('abort', onAbort);
    try {
      for (;;) {
        const record = await inScope(payoutId);
        const left = giveUpAt - performance.now();
        if (!record || record.payout.version > after || left <= 0 || signal.aborted) return record;
        await orTimeout(news.promise, Math.min(left, pollEvery));
        news = Promise.withResolvers<void>();
      }
    } finally {
      stop?.();
      signal.removeEventListener('abort', onAbort);
    }
  }
}

/** Who and how much: what must be the same in every ticket for one reference. */
function fingerprintOf({ subject, amount, currency, fullName }: PayoutOrder): string {
  return JSON.stringify([subject, amount, currency, fullName]);
}

async function orTimeout(news: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([news, timeout]).finally(() => clearTimeout(timer));
}
