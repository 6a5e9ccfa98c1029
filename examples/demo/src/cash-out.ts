/** The whole integration on the page's side: one element, its ticket, its events. */
import '@b131/element/define';
import '@b131/element/locales/ru';
import type { B131EventMap, B131Payout } from '@b131/element';
import { type Config, getTicket } from './server.ts';
import type { Witness } from './stage/sources.ts';

export interface CashOutOptions {
  config: Config;
  witness: Witness;
  /** The payout has reached a state that changes the books. */
  settled(): void;
}

/** Makes the element that takes the courier from the bank's form to the money. */
export async function createCashOut({ config, witness, settled }: CashOutOptions): Promise<B131Payout> {
  const element = document.createElement('b131-payout');
  element.endpoint = config.endpoint;
  element.getTicket = async () => {
    const ticket = await getTicket();
    witness.saw({ type: 'ticket' });
    return ticket;
  };
  tellPanel(element, witness);
  element.addEventListener('b131-status', ({ payout }) => {
    if (['succeeded', 'failed', 'cancelled', 'returned'].includes(payout.status)) settled();
  });
  // With the ticket at hand, the element shows the amount from the start.
  element.ticket = await element.getTicket('start').catch(() => null);
  return element;
}

/** Names and codes only: a token is for the element alone. */
function tellPanel(element: B131Payout, { saw }: Witness): void {
  const on = <Name extends keyof B131EventMap>(name: Name, listener: (event: B131EventMap[Name]) => void) =>
    element.addEventListener(name, listener);
  on('b131-ready', () => saw({ type: 'b131-ready' }));
  on('b131-token', ({ result }) => saw({ type: 'b131-token', masked: result.masked }));
  on('b131-status', ({ payout }) =>
    saw({ type: 'b131-status', status: payout.status, version: payout.version }),
  );
  on('b131-success', () => saw({ type: 'b131-success' }));
  on('b131-failure', ({ code }) => saw({ type: 'b131-failure', code }));
  on('b131-error', ({ code }) => saw({ type: 'b131-error', code }));
}
