import type { NoticePage, NoticeQuery } from '../http/merchant/merchant-routes.js';
import type { MerchantPayout, NoticeView } from '../http/merchant/merchant-view.js';
import type { Order } from '../http/merchant/order.js';
import type { OrderResult } from '../http/merchant/pay.js';
import { every } from './every.js';
import { orNull } from './or-null.js';
import { type CallOptions, type ClientOptions, createSend } from './send.js';

/** `/merchant/*`, for a server that holds a server key. */
export interface MerchantClient {
  /** Records a payout to a kept token. Safe to call again after any doubt: one reference is paid once. */
  pay(order: Order, options?: CallOptions): Promise<MerchantPayout>;
  /** Up to 1,000 at once: a result for each, in order. */
  payMany(orders: readonly Order[], options?: CallOptions): Promise<OrderResult[]>;
  /** Null when nothing was ever asked for under this reference. */
  findByRef(ref: string, options?: CallOptions): Promise<MerchantPayout | null>;
  find(id: string, options?: CallOptions): Promise<MerchantPayout | null>;
  /** Withdraws a payout that nothing was started for, or that waits for a word. Again is no error. */
  cancel(id: string, why?: string, options?: CallOptions): Promise<MerchantPayout>;
  /** One page of what your webhook was told; `next` is the `cursor` of the following one. */
  notices(query?: NoticeQuery, options?: CallOptions): Promise<NoticePage>;
  /** All of them, the newest first, page after page. */
  everyNotice(query?: NoticeQuery, options?: CallOptions): AsyncGenerator<NoticeView>;
  resendNotice(id: string, options?: CallOptions): Promise<NoticeView>;
}

/**
 * A client of the merchant's routes. Every call throws {@link BffError}, and what the caller's own signal aborts with.
 *
 * @throws {TypeError} when an option is of no use.
 */
export function createMerchantClient(options: ClientOptions): MerchantClient {
  const send = createSend(options);
  const payouts = '/merchant/payouts';
  const payoutOf = async (answer: Promise<{ payout: MerchantPayout }>) => (await answer).payout;
  const notices: MerchantClient['notices'] = (query, call) =>
    send({ method: 'GET', path: '/merchant/notices', query: { ...query }, ...call });

  return {
    pay: (order, call) => payoutOf(send({ method: 'POST', path: payouts, body: order, ...call })),
    async payMany(orders, call) {
      const body = { payouts: orders };
      return (await send<{ results: OrderResult[] }>({ method: 'POST', path: payouts, body, ...call }))
        .results;
    },
    findByRef: (ref, call) =>
      orNull('payout_not_found', payoutOf(send({ method: 'GET', path: payouts, query: { ref }, ...call }))),
    find: (id, call) =>
      orNull(
        'payout_not_found',
        payoutOf(send({ method: 'GET', path: `${payouts}/${encodeURIComponent(id)}`, ...call })),
      ),
    cancel(id, why, call) {
      const path = `${payouts}/${encodeURIComponent(id)}/cancel`;
      return payoutOf(send({ method: 'POST', path, body: why === undefined ? {} : { why }, ...call }));
    },
    notices,
    everyNotice: (query, call) =>
      every(query, (page) => notices(page, call).then(({ notices: rows, next }) => ({ rows, next }))),
    async resendNotice(id, call) {
      const path = `/merchant/notices/${encodeURIComponent(id)}/resend`;
      return (await send<{ notice: NoticeView }>({ method: 'POST', path, body: {}, ...call })).notice;
    },
  };
}
