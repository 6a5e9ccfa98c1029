import type { Payout, PayoutRecord, Statement } from '@b131/bff';

export const scope = 'sandbox:test';

/** A payout as the engine would record it, with as little in it as possible. */
export function payoutOf(id: string): Payout {
  return {
    ...{
      id,
      scope,
      ref: id,
      subject: 'courier-7',
      amount: 100,
      currency: 'RUB',
      description: '',
      metadata: null,
    },
    ...{
      fingerprint: 'k.f',
      confirm: 'automatic',
      status: 'created',
      heldFrom: null,
      attention: null,
      version: 0,
    },
    ...{ attempt: 1, askedAt: null, word: null, doubtSince: null, errorCode: null, returnedAmount: 0 },
    ...{
      reserved: null,
      confirmBy: null,
      dueAt: 1000,
      wakes: 0,
      createdAt: 1000,
      changedAt: 1000,
      finishedAt: null,
    },
  };
}

/** Records a payout. */
export function recording(id: string): Statement[] {
  return [{ do: 'insertPayout', payout: payoutOf(id) }];
}

/** A transition to a version: the same batch whoever makes it, but for what it says of its writer. */
export function transition(id: string, version: number, writer: string): Statement[] {
  const entry = { payoutId: id, version, at: 1000, kind: 'test', attempt: 1, from: null, data: {} } as const;
  return [
    { do: 'append', entry: { ...entry, to: 'created' } },
    { do: 'updatePayout', payout: { ...payoutOf(id), version, attention: writer } },
  ];
}

/** Who made the last transition, as the row tells. */
export function lastWriter(record: PayoutRecord | null): string | null {
  return record?.payout.attention ?? null;
}
