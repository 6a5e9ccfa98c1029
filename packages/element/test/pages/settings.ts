import type { B131Payout } from '../../src/index.js';

/** What an element needs on a page of the fake server's; `world` stands in the page's address. */
export function settingsOf(url: URL, how: string): Partial<B131Payout> {
  const claims = { sub: 'u1', ref: 'order-1042', amount: 150000, currency: 'RUB', description: 'Refund' };
  return {
    endpoint: `${url.origin}/w/${url.searchParams.get('world')}`,
    direct: how === 'direct',
    environment: 'sandbox',
    lang: 'en',
    ticket: `head.${btoa(JSON.stringify(claims))}.good`,
    widget: {
      script: `${url.origin}/widget/tokenize.js`,
      style: `${url.origin}/widget/tokenize.css`,
      deadline: 10_000,
    },
  };
}
