import type { Destination, PayoutDesk, StartResult, WordResult } from '../src/payout/desk.js';
import { isFinal, isRetryable, type Payout, type PayoutRecord } from '../src/payout/payout.js';
import type { PayoutOrder } from '../src/tickets/ticket.js';

/** A desk in memory, for the routes only: what the real one decides is tested with the engine. */
export interface FakeDesk extends PayoutDesk {
  /** Changes a payout as the engine would, and tells who waits. */
  change(payoutId: string, change: Partial<Payout>): void;
  readonly nudged: string[];
  readonly webhooks: { digest: string; type: string; sessionId: string }[];
  readonly sessions: Set<string>;
  /** How many wait for a change now. */
  watchers(): number;
  /** Makes the next calls fail. */
  failWith(error: Error | null): void;
}

export function createFakeDesk(confirm: 'automatic' | 'recipient' = 'recipient'): FakeDesk {
  const records = new Map<string, PayoutRecord>();
  const tickets = new Map<string, string>();
  const waiting = new Set<() => void>();
  const nudged: string[] = [];
  const webhooks: { digest: string; type: string; sessionId: string }[] = [];
  const sessions = new Set<string>();
  let failure: Error | null = null;

  const check = () => {
    if (failure) throw failure;
  };
  const byRef = (ref: string) => [...records.values()].find(({ payout }) => payout.ref === ref) ?? null;
  const replace = (record: PayoutRecord) => {
    records.set(record.payout.id, record);
    for (const notice of [...waiting]) notice();
  };

  function start(ticket: PayoutOrder, destination: Destination): StartResult {
    const known = byRef(ticket.ref);
    if (!known) {
      const record = firstRecord(ticket, destination, records.size + 1, confirm);
      tickets.set(ticket.ref, fingerprint(ticket));
      replace(record);
      return { kind: 'accepted', record };
    }
    if (tickets.get(ticket.ref) !== fingerprint(ticket)) return { kind: 'mismatch' };
    if (known.attempts.at(-1)?.digest === destination.token) return { kind: 'accepted', record: known };
    if (!isFinal(known.payout.status)) return { kind: 'in_progress', record: known };
    return { kind: isRetryable(known) ? 'exhausted' : 'finished', record: known };
  }

  function say(payoutId: string, attempt: number, word: 'confirm' | 'cancel'): WordResult | null {
    const record = records.get(payoutId);
    if (!record) return null;
    const { payout } = record;
    const waits = payout.status === 'awaiting_confirmation' && payout.attempt === attempt;
    if (!waits) return { kind: 'not_confirmable', record };
    const said: PayoutRecord = {
      ...record,
      payout: {
        ...payout,
        version: payout.version + 1,
        word: { say: word, by: 'recipient', reason: 'asked' },
      },
    };
    replace(said);
    return { kind: 'accepted', record: said };
  }

  return {
    nudged,
    webhooks,
    sessions,
    watchers: () => waiting.size,
    failWith(error) {
      failure = error;
    },
    change(payoutId, change) {
      const record = records.get(payoutId);
      if (!record) throw new Error(`no payout ${payoutId}`);
      const outcome = change.status === 'failed' || change.status === 'cancelled' ? 'dead' : 'open';
      replace({
        payout: { ...record.payout, version: record.payout.version + 1, ...change },
        attempts: record.attempts.map((attempt) => ({ ...attempt, outcome })),
      });
    },
    async current(ticket) {
      check();
      const record = byRef(ticket.ref);
      if (!record) return null;
      return tickets.get(ticket.ref) === fingerprint(ticket) ? record : 'mismatch';
    },
    async start(ticket, destination) {
      check();
      return start(ticket, destination);
    },
    async find(payoutId) {
      check();
      return records.get(payoutId) ?? null;
    },
    async say(payoutId, attempt, word) {
      check();
      return say(payoutId, attempt, word);
    },
    async takeWebhook(webhook) {
      check();
      webhooks.push(webhook);
      return sessions.has(webhook.sessionId);
    },
    async nudge({ payout }) {
      check();
      nudged.push(payout.id);
    },
    changed(payoutId, after, timeout, signal) {
      check();
      return new Promise((resolve) => {
        const isNews = () => (records.get(payoutId)?.payout.version ?? 0) > after;
        const end = () => {
          clearTimeout(timer);
          waiting.delete(notice);
          signal.removeEventListener('abort', end);
          resolve(records.get(payoutId) ?? null);
        };
        const notice = () => {
          if (isNews()) end();
        };
        const timer = setTimeout(end, timeout);
        waiting.add(notice);
        signal.addEventListener('abort', end);
        if (isNews() || signal.aborted) end();
      });
    },
  };
}

function fingerprint({ subject, amount, currency, fullName }: PayoutOrder): string {
  return JSON.stringify([subject, amount, currency, fullName]);
}

function firstRecord(
  ticket: PayoutOrder,
  { kind, token }: Destination,
  number: number,
  confirm: 'automatic' | 'recipient',
): PayoutRecord {
  const now = Date.UTC(2026, 0, 12, 9);
  const id = `pay_${number}`;
  return {
    payout: {
      id,
      scope: 'demo:shop',
      ref: ticket.ref,
      subject: ticket.subject,
      amount: ticket.amount,
      currency: ticket.currency,
      description: ticket.description,
      metadata: ticket.metadata,
      fingerprint: fingerprint(ticket),
      confirm,
      status: 'created',
      heldFrom: null,
      attention: null,
      version: 1,
      attempt: 1,
      askedAt: null,
      doubtSince: null,
      word: null,
      errorCode: null,
      returnedAmount: 0,
      reserved: null,
      confirmBy: null,
      dueAt: now,
      wakes: 0,
      createdAt: now,
      changedAt: now,
      finishedAt: null,
    },
    attempts: [
      {
        payoutId: id,
        number: 1,
        destination: kind,
        masked: '40817***9535',
        digest: token,
        sessionId: null,
        outcome: 'open',
        starts: 0,
        startedAt: null,
        startError: null,
        confirms: 0,
        confirmedAt: null,
        cancels: 0,
        cancelledAt: null,
      },
    ],
  };
}
