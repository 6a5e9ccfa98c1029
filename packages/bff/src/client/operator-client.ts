import type { ActBody, ListQuery, PausingBody, ResolutionBody } from '../http/operator/acts.js';
import type { OperatorPage } from '../http/operator/operator-routes.js';
import type { OperatorPayout, PauseView, PayoutFileView } from '../http/operator/operator-view.js';
import { every } from './every.js';
import { orNull } from './or-null.js';
import { type CallOptions, type ClientOptions, createSend } from './send.js';

/** `/operator/*`, for consoles and scripts of the people who run payouts, where they are known by a key. */
export interface OperatorClient {
  /** One page, the newest first; `next` is the `cursor` of the following one. */
  list(query?: ListQuery, options?: CallOptions): Promise<OperatorPage>;
  /** All that fit, page after page. */
  everyPayout(query?: ListQuery, options?: CallOptions): AsyncGenerator<OperatorPayout>;
  /** With its attempts, its journal and its notices; null when there is none. */
  read(id: string, options?: CallOptions): Promise<PayoutFileView | null>;
  /** Asks the bank now rather than when it is due. */
  recheck(id: string, options?: CallOptions): Promise<OperatorPayout>;
  /** Lets the money move, if every check still fits. */
  confirm(id: string, act: ActBody, options?: CallOptions): Promise<OperatorPayout>;
  cancel(id: string, act: ActBody, options?: CallOptions): Promise<OperatorPayout>;
  /** Ends what needs attention, by evidence. */
  resolve(id: string, resolution: ResolutionBody, options?: CallOptions): Promise<OperatorPayout>;
  paused(options?: CallOptions): Promise<PauseView>;
  /** Pauses, or lets go on, starts or confirms; what is left out stays. */
  pause(changes: PausingBody, options?: CallOptions): Promise<PauseView>;
}

/**
 * A client of the operators' routes. Every call throws {@link BffError}, and what the caller's own signal aborts with.
 *
 * @throws {TypeError} when an option is of no use.
 */
export function createOperatorClient(options: ClientOptions): OperatorClient {
  const send = createSend(options);
  const list: OperatorClient['list'] = (query, call) =>
    send({ method: 'GET', path: '/operator/payouts', query: { ...query }, ...call });
  const pathOf = (id: string) => `/operator/payouts/${encodeURIComponent(id)}`;
  const act = async (id: string, name: string, body: object, call?: CallOptions) => {
    const path = `${pathOf(id)}/${name}`;
    return (await send<{ payout: OperatorPayout }>({ method: 'POST', path, body, ...call })).payout;
  };
  return {
    list,
    everyPayout: (query, call) =>
      every(query, (page) => list(page, call).then(({ payouts: rows, next }) => ({ rows, next }))),
    read: (id, call) =>
      orNull('payout_not_found', send<PayoutFileView>({ method: 'GET', path: pathOf(id), ...call })),
    recheck: (id, call) => act(id, 'recheck', {}, call),
    confirm: (id, body, call) => act(id, 'confirm', body, call),
    cancel: (id, body, call) => act(id, 'cancel', body, call),
    resolve: (id, body, call) => act(id, 'resolve', body, call),
    paused: (call) => send({ method: 'GET', path: '/operator/pause', ...call }),
    pause: (changes, call) => send({ method: 'POST', path: '/operator/pause', body: changes, ...call }),
  };
}
