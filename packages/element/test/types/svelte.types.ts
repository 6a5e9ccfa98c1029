/** Svelte reads the tag's attributes from this interface when it checks a template. */
import type {} from '@b131/element/jsx/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

type Tag = SvelteHTMLElements['b131-payout'];

export const tag: Tag = {
  endpoint: '/b131',
  mode: 'payout',
  getTicket: async () => 'ticket',
  widget: { script: '/tokenize.js' },
  'onb131-token': (event) => event.result.kind === 'card' && event.preventDefault(),
  'onb131-success': ({ payout }) => payout.amount.toFixed(),
  class: 'payout',
  lang: 'ru',
};

// @ts-expect-error there is no such mode
export const wrongMode: Tag = { mode: 'pay' };
// @ts-expect-error a ticket is asked for by a function
export const ticket: Tag = { getTicket: 'ticket' };
// @ts-expect-error an amount never comes from the page
export const amount: Tag = { amount: 150000 };
// @ts-expect-error only payouts' events carry one
export const carried: Tag = { 'onb131-ready': ({ payout }) => payout };
