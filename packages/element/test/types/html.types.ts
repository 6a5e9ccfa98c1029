/** What a page gets without any framework: the tag, its properties and its events by name. */
import type { B131Payout, PayoutView, TokenResult } from '@b131/element';
import '@b131/element/define';

const made: B131Payout = document.createElement('b131-payout');
const found: B131Payout | null = document.querySelector('b131-payout');
made.getTicket = async (reason) => (reason === 'expired' ? 'another' : 'one');
made.widget = { script: 'https://widget.example/tokenize.js', messages: null };
found?.reset();

made.addEventListener('b131-token', (event) => {
  const result: TokenResult = event.result;
  if (result.kind === 'card') event.preventDefault();
});
made.addEventListener('b131-failure', ({ code, retryable, payout }) => {
  const all: [string, boolean, PayoutView] = [code, retryable, payout];
  return all;
});
// Events bubble: a listener further up knows them too.
document.body.addEventListener('b131-error', ({ code }) => code === 'ticket_expired');

// @ts-expect-error there is no such mode
made.mode = 'pay';
// @ts-expect-error a ticket is asked for by a function
made.getTicket = 'ticket';
// @ts-expect-error the payout on show is not the page's to set
made.payout = null;
// @ts-expect-error an amount never comes from the page
made.amount = 150000;
made.addEventListener('b131-ready', (event) => {
  // @ts-expect-error only payouts' events carry one
  event.payout;
});
// @ts-expect-error there is no such code
made.addEventListener('b131-error', ({ code }) => code === 'no-such-code');
