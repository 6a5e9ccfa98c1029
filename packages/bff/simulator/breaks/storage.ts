import type { Statement } from '../../dist/index.js';
import type { Break } from './break.ts';

/*
 * Breaks between the engine and the store: each spoils one promise of what is written when.
 */

/** The last writer wins. */
export const noCas: Break = {
  without: 'a version that is taken rolls the loser back',
  store: (right) => ({
    ...right,
    async batch(statements) {
      const result = await right.batch(statements);
      if (result.committed || result.because === 'limit' || statements[0]?.do !== 'append') return result;
      return right.batch(statements.filter((statement) => statement.do !== 'append'));
    },
  }),
};

/** Sends first, and writes down meanwhile what it sends. */
export const noIntent: Break = {
  without: 'intent before effect',
  commit: (right) => async (before, decision, more) => {
    const { intent, record } = decision;
    if (decision.entry === null || intent === null) return right(before, decision, more);
    void right(before, decision, more).catch(() => {});
    return { ...record, payout: { ...record.payout, version: record.payout.version + 1 } };
  },
};

/** Writes when to look next over whoever asked for a look in the meantime. */
export const lostWake: Break = {
  without: 'a wake that comes during work is not lost',
  store: (right) => ({
    ...right,
    async batch(statements) {
      const seen = statements.map(async (statement): Promise<Statement> => {
        if (statement.do !== 'updatePayout' && statement.do !== 'reschedule') return statement;
        const id = statement.do === 'updatePayout' ? statement.payout.id : statement.payoutId;
        const wakes = (await right.load(id))?.payout.wakes ?? 0;
        return statement.do === 'updatePayout'
          ? { ...statement, payout: { ...statement.payout, wakes } }
          : { ...statement, wakes };
      });
      return right.batch(await Promise.all(seen));
    },
  }),
};

/** Every process counts for itself what was paid today. */
export const unlimited: Break = {
  without: 'limits are reserved in the batch that records the payout',
  store(right) {
    const totals = new Map<string, number>();
    return {
      ...right,
      async batch(statements) {
        for (const statement of statements) {
          if (statement.do !== 'reserve') continue;
          const total = (totals.get(statement.key) ?? 0) + statement.amount;
          if (total > statement.ceiling) return { committed: false, because: 'limit' };
          totals.set(statement.key, total);
        }
        const ceiling = Number.MAX_SAFE_INTEGER;
        return right.batch(
          statements.map((statement) => (statement.do === 'reserve' ? { ...statement, ceiling } : statement)),
        );
      },
    };
  },
};

/** Tells the merchant at once and only once, instead of writing it down with what happened. */
export const forgetNotice: Break = {
  without: 'a notice is kept until the merchant has it',
  store: (right, { tellMerchant }) => ({
    ...right,
    async batch(statements) {
      const result = await right.batch(statements.filter((statement) => statement.do !== 'enqueue'));
      for (const statement of statements) {
        if (statement.do !== 'enqueue' || !result.committed) continue;
        const { id, body } = statement.notice;
        void tellMerchant('', { headers: { 'webhook-id': id }, body }).catch(() => {});
      }
      return result;
    },
  }),
};

/** Holds what it has leased for ever, even when it is dead. */
export const endlessLease: Break = {
  without: 'a lease runs out',
  store: (right) => ({
    ...right,
    lease: (request) => right.lease({ ...request, ttl: 1e10 }),
  }),
};

/** Finds another name for a reference that is taken. */
export const twoRows: Break = {
  without: 'one reference, one payout',
  store: (right) => ({
    ...right,
    async batch(statements) {
      const result = await right.batch(statements);
      const opens = statements.some((statement) => statement.do === 'insertPayout');
      if (result.committed || !opens) return result;
      return right.batch(
        statements.map((statement) =>
          statement.do === 'insertPayout'
            ? { ...statement, payout: { ...statement.payout, ref: `${statement.payout.ref} ` } }
            : statement,
        ),
      );
    },
  }),
};

/**
 * No break at all: leases keep workers out of each other's way and are never what makes a payout safe, so a BFF that
 * gives every lease back at once must come through every world.
 */
export const noLease: Break = {
  without: 'leases',
  store: (right) => ({
    ...right,
    async lease(request) {
      const leased = await right.lease(request);
      const { owner } = request;
      await right.batch(leased.map(({ payout }) => ({ do: 'release', payoutId: payout.id, owner })));
      return leased;
    },
  }),
};
