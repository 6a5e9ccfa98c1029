import { type Bank131, destination } from '@b131/api';

/** What somebody is owed. */
export interface Debt {
  readonly ref: string;
  /** Kopecks. */
  readonly amount: number;
  readonly accountToken: string;
  readonly fullName: string;
}

/** Begins a payout and tells its session. A lost answer is no failure: the session tells what became of it. */
export async function begin(bank: Bank131, { ref, amount, accountToken, fullName }: Debt): Promise<string> {
  const session = await bank.session.create({ metadata: { ref } });
  await bank.session
    .startPayout({
      session_id: session.id,
      payout_details: destination.accountToken({
        token: accountToken,
        full_name: fullName,
        description: 'Courier services, contract 15, VAT exempt',
      }),
      amount_details: { amount, currency: 'RUB' },
    })
    .catch(() => undefined);
  return session.id;
}

/** Confirms once the bank waits for it; asked again and again, it never confirms twice. */
export async function proceed(bank: Bank131, sessionId: string): Promise<'paid' | 'failed' | 'under way'> {
  const session = await bank.session.status({ session_id: sessionId });
  const payout = session.payouts.at(-1);
  if (payout?.status === 'succeeded') return 'paid';
  if (payout?.status === 'failed') return 'failed';
  if (session.next_action === 'confirm') {
    await bank.session.confirm({ session_id: sessionId }).catch(() => undefined);
  }
  return 'under way';
}
