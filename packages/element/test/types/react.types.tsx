/** @jsxImportSource react */
/** The component of `./react`, and the bare tag by `./jsx/react`. */
import type { B131Payout as Element } from '@b131/element';
import type {} from '@b131/element/jsx/react';
import { B131Payout } from '@b131/element/react';
import { createRef } from 'react';

const ref = createRef<Element>();
const getTicket = async (): Promise<string> => 'ticket';

export const component = (
  <B131Payout
    ref={ref}
    key="payout"
    endpoint="/b131"
    environment="sandbox"
    getTicket={getTicket}
    widget={{ script: '/tokenize.js' }}
    onToken={(event) => event.result.kind === 'card' && event.preventDefault()}
    onSuccess={({ payout }) => payout.amount.toFixed()}
    onError={({ code }) => code === 'offline'}
    className="payout"
    style={{ inlineSize: '30rem' }}
    aria-describedby="why"
  />
);

export const tag = (
  <b131-payout
    ref={ref}
    key="payout"
    endpoint="/b131"
    mode="token"
    getPublicToken={getTicket}
    onb131-token={({ result }) => result.masked}
    onb131-success={({ payout }) => payout.ref}
    className="payout"
  />
);

// @ts-expect-error there is no such mode
export const wrongMode = <B131Payout mode="pay" />;
// @ts-expect-error an amount never comes from the page
export const amount = <B131Payout amount={150000} />;
// @ts-expect-error the element draws its own content
export const children = <B131Payout>text</B131Payout>;
// @ts-expect-error it is the element's event, not the browser's
export const event = <B131Payout onError={({ filename }) => filename} />;
// @ts-expect-error there is no such environment
export const environment = <b131-payout environment="production" />;
// @ts-expect-error a ticket is asked for by a function
export const ticket = <b131-payout getTicket="ticket" />;
// @ts-expect-error only payouts' events carry one
export const carried = <b131-payout onb131-ready={({ payout }) => payout} />;
