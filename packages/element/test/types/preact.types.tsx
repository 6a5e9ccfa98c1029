/** @jsxImportSource preact */
import type { B131Payout } from '@b131/element';
import type {} from '@b131/element/jsx/preact';

let element: B131Payout | null = null;
const getTicket = async (): Promise<string> => 'ticket';

export const tag = (
  <b131-payout
    ref={(one) => {
      element = one;
    }}
    endpoint="/b131"
    mode="payout"
    getTicket={getTicket}
    widget={{ script: '/tokenize.js' }}
    onb131-token={(event) => event.result.kind === 'card' && event.preventDefault()}
    onb131-success={({ payout }) => payout.amount.toFixed()}
    class="payout"
    lang="ru"
  />
);
export const reset = (): boolean => element?.reset() ?? false;

// @ts-expect-error there is no such mode
export const wrongMode = <b131-payout mode="pay" />;
// @ts-expect-error a ticket is asked for by a function
export const ticket = <b131-payout getTicket="ticket" />;
// @ts-expect-error an amount never comes from the page
export const amount = <b131-payout amount={150000} />;
// @ts-expect-error only payouts' events carry one
export const carried = <b131-payout onb131-ready={({ payout }) => payout} />;
