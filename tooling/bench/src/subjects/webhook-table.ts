import type { JournalEntry, Payout, Statement } from '@b131/bff';

/** Payouts that wait at the bank, as the store keeps them: each has one session, `ps_<n>`. */
export function waitingPayout(n: number): Statement[] {
  const id = `pay_${n}`;
  const payout: Payout = {
    ...{ id, scope: 'sandbox:bench', ref: `week-${n}`, subject: `courier-${n}`, amount: 10_000 },
    ...{ currency: 'RUB', description: 'Courier services', metadata: null, fingerprint: 'k.f' },
    ...{ confirm: 'automatic', status: 'processing', heldFrom: null, attention: null, version: 0 },
    ...{ attempt: 1, askedAt: 1, word: null, doubtSince: null, errorCode: null, returnedAmount: 0 },
    ...{ reserved: null, confirmBy: null, dueAt: 1, wakes: 0, createdAt: 1, changedAt: 1, finishedAt: null },
  };
  const entry: JournalEntry = {
    ...{ payoutId: id, version: 1, at: 1, kind: 'start', attempt: 1, from: null, to: 'processing', data: {} },
  };
  return [
    { do: 'insertPayout', payout },
    { do: 'append', entry },
    {
      do: 'putAttempt',
      attempt: {
        ...{ payoutId: id, number: 1, destination: 'bank_account', masked: '40817***9535', digest: 'k.d' },
        ...{ sessionId: `ps_${n}`, outcome: 'open', starts: 1, startedAt: 1, startError: null },
        ...{ confirms: 0, confirmedAt: null, cancels: 0, cancelledAt: null },
      },
    },
  ];
}

/** How many payouts there are. */
export const waitingPayouts = 200;
