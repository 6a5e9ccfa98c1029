import type { B131PayoutProps } from '../../src/react/index.ts';

/** What the server renders and the browser hydrates. */
export const reactProps = {
  endpoint: 'https://payouts.test/b131',
  direct: true,
  environment: 'sandbox',
  ticket: 'secret-ticket',
  className: 'mine',
  id: 'payout',
  lang: 'en',
} as const satisfies B131PayoutProps;
