/** @jsxImportSource vue */
import type {} from '@b131/element/jsx/vue';
import type { GlobalComponents } from 'vue';

const getTicket = async (): Promise<string> => 'ticket';

export const tag = (
  <b131-payout
    endpoint="/b131"
    mode="payout"
    getTicket={getTicket}
    widget={{ script: '/tokenize.js' }}
    onB131Token={(event) => event.result.kind === 'card' && event.preventDefault()}
    onB131Success={({ payout }) => payout.amount.toFixed()}
    class="payout"
    lang="ru"
  />
);

// @ts-expect-error there is no such mode
export const wrongMode = <b131-payout mode="pay" />;
// @ts-expect-error a ticket is asked for by a function
export const ticket = <b131-payout getTicket="ticket" />;
// @ts-expect-error only payouts' events carry one
export const carried = <b131-payout onB131Ready={({ payout }) => payout} />;

// In a template the editor reads the same from here.
type InTemplate = InstanceType<GlobalComponents['b131-payout']>['$props'];
export const props: InTemplate = { mode: 'token', onB131Token: ({ result }) => result.masked };
// @ts-expect-error there is no such environment
export const wrong: InTemplate = { environment: 'production' };
