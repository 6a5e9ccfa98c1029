import { createRecipient, payoutsOf, type Shown } from '@b131/runtimes/recipient';
import { type Local, origin, project } from './local.ts';

/** Plays a recipient, from the form to the money, with webhooks as the only mover. */
export async function payOnce({ url, bank, secrets }: Local): Promise<{ payout: Shown; paid: number }> {
  const config = { origin, project, ticketKey: secrets.TICKET_SECRET };
  const recipient = createRecipient({ host: { url }, config, bank }, '');
  const { payout, viewToken } = await recipient.pay('00');
  let last = payout;
  while (!['succeeded', 'failed', 'cancelled', 'needs_attention'].includes(last.status)) {
    for await (const shown of payoutsOf(await recipient.events(payout, viewToken, last.version)))
      last = shown;
  }
  const about = bank.sandbox.ledger().filter(({ metadata }) => JSON.stringify(metadata)?.includes(payout.id));
  return { payout: last, paid: about.filter(({ kind }) => kind === 'paid').length };
}
