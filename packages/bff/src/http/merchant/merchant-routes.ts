import type { Context } from 'hono';
import * as z from 'zod';
import type { MerchantDesk } from '../../merchant/merchant.js';
import type { PayoutRecord } from '../../payout/payout.js';
import { noticeStates } from '../../store/notice.js';
import { payoutClaims } from '../../tickets/claims.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../refusal/problem.js';
import { bearer } from '../request/bearer.js';
import { body, judge, nothing, readJson, readQuery, readValue, requireJson } from '../request/body.js';
import { committed } from '../request/committed.js';
import { nextCursor, pageCursor, pageLimit, toCursor } from '../request/page.js';
import { reasonText } from '../request/text.js';
import { type Given, names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';
import { merchantPayout, noticeView, toMerchantPayout, toNoticeView } from './merchant-view.js';
import { largestOrders, order, orderOrOrders, orders } from './order.js';
import { orderResults, payAll, payOne } from './pay.js';
import type { ServerKeys } from './server-keys.js';

/** What the merchant's routes need; without it they are closed. */
export interface MerchantDeps {
  desk: MerchantDesk;
  keys: ServerKeys;
  /** Whether the merchant is told of results. */
  notifies: boolean;
}

const onePayout = z.strictObject({ payout: merchantPayout }).register(names, { id: 'OneMerchantPayout' });
const oneNotice = z.strictObject({ notice: noticeView }).register(names, { id: 'OneNotice' });
const noticePage = z
  .strictObject({ notices: z.array(noticeView), next: nextCursor })
  .register(names, { id: 'NoticePage' });

const byRef = z.object({ ref: payoutClaims.shape.ref.describe('The reference it was asked for under.') });
const noticeQuery = z.object({
  payoutId: z.string().max(255).optional(),
  state: z.enum(noticeStates, `is no state of a notice; it is one of ${noticeStates.join(', ')}`).optional(),
  limit: pageLimit,
  cursor: pageCursor,
});
const cancelling = body({ why: reasonText.optional() });

export type NoticePage = z.infer<typeof noticePage>;

/** Filters of the list of notices, as they are given. */
export type NoticeQuery = Given<typeof noticeQuery>;

/** The routes of the merchant's own servers; each lets in whoever has a server key. */
export function merchantRoutes(deps: AppDeps, merchant: MerchantDeps): Route[] {
  const routes: Omit<Route, 'caller'>[] = [
    {
      id: 'payKept',
      method: 'POST',
      path: '/merchant/payouts',
      summary: 'Pay to a kept token, or to up to 1,000 of them',
      description:
        'The same engine, limits and checks as for a recipient in a browser, and as idempotent by `ref`. Many are ' +
        'answered 200 with a result for each, in order; a bad one is refused alone. Safe to send again.',
      body: orderOrOrders,
      answers: {
        202: { what: 'One: recorded; nothing was sent to the bank yet.', schema: onePayout },
        200: { what: 'Many: what became of each, in order.', schema: orderResults },
      },
      problems: [
        ...(['reference_mismatch', 'payout_in_progress', 'payout_finished'] as const),
        ...(['payout_changed', 'attempts_exhausted', 'limit_exceeded'] as const),
      ],
      handle: (c) => pay(c, deps, merchant.desk),
    },
    {
      id: 'findPayoutByRef',
      method: 'GET',
      path: '/merchant/payouts',
      summary: 'The payout of a reference',
      query: byRef,
      answers: { 200: { what: 'As it is now.', schema: onePayout } },
      problems: ['payout_not_found'],
      async handle(c) {
        return answer(c, await merchant.desk.findByRef(readQuery(c, byRef).ref));
      },
    },
    {
      id: 'findPayout',
      method: 'GET',
      path: '/merchant/payouts/:id',
      summary: 'A payout by its id',
      answers: { 200: { what: 'As it is now.', schema: onePayout } },
      problems: ['payout_not_found'],
      handle: async (c) => answer(c, await merchant.desk.find(c.req.param('id') ?? '')),
    },
    {
      id: 'withdrawPayout',
      method: 'POST',
      path: '/merchant/payouts/:id/cancel',
      summary: 'Withdraw a payout',
      description:
        'Possible while nothing was started yet, while the bank waits for a word, or while a person must look. ' +
        'Again is no error.',
      body: cancelling,
      answers: {
        202: { what: 'Recorded; the bank is told, where it knows of the payout.', schema: onePayout },
      },
      problems: ['payout_not_found', 'not_cancellable'],
      handle: (c) => cancel(c, deps, merchant.desk),
    },
    {
      id: 'listNotices',
      method: 'GET',
      path: '/merchant/notices',
      summary: 'What your webhook was told, and what became of it; the newest first',
      query: noticeQuery,
      answers: { 200: { what: 'One page.', schema: noticePage } },
      async handle(c) {
        const { limit, cursor: after, state, payoutId } = readQuery(c, noticeQuery);
        const page = await merchant.desk.notices({ limit, after, state, payoutId });
        return json(c, { notices: page.notices.map(toNoticeView), next: toCursor(page.next) });
      },
    },
    {
      id: 'resendNotice',
      method: 'POST',
      path: '/merchant/notices/:id/resend',
      summary: 'Send a notice once more',
      body: nothing,
      answers: { 202: { what: 'It is sent now, under the same `webhook-id`.', schema: oneNotice } },
      problems: ['notice_not_found', 'notices_off'],
      handle: (c) => resend(c, deps, merchant),
    },
  ];
  return routes.map(({ handle, ...route }) => ({
    ...route,
    caller: 'merchant',
    async handle(c) {
      await requireServerKey(c, merchant.keys);
      return handle(c);
    },
  }));
}

async function requireServerKey(c: Context, keys: ServerKeys): Promise<void> {
  const key = bearer(c);
  if (key === null || !(await keys.admits(key))) throw new Problem('server_key_invalid');
}

function answer(c: Context, record: PayoutRecord | null): Response {
  if (!record) throw new Problem('payout_not_found');
  return json(c, { payout: toMerchantPayout(record) }, 200);
}

async function pay(c: Context, deps: AppDeps, desk: MerchantDesk): Promise<Response> {
  requireJson(c);
  const value = await readValue(c, largestOrders);
  if (typeof value === 'object' && value !== null && 'payouts' in value) {
    const results = await payAll(judge(orders, value).payouts, desk, deps);
    committed(c, deps);
    return json(c, { results }, 200);
  }
  const record = await payOne(judge(order, value), desk);
  committed(c, deps);
  return json(c, { payout: toMerchantPayout(record) }, 202);
}

async function cancel(c: Context, deps: AppDeps, desk: MerchantDesk): Promise<Response> {
  requireJson(c);
  const { why = 'asked by the merchant' } = await readJson(c, cancelling);
  const result = await desk.cancel(c.req.param('id') ?? '', why);
  if (result.kind === 'done') {
    committed(c, deps);
    return json(c, { payout: toMerchantPayout(result.record) }, 202);
  }
  if (result.because === 'unknown_payout') throw new Problem('payout_not_found');
  throw new Problem('not_cancellable', { members: { payout: toMerchantPayout(result.record) } });
}

async function resend(c: Context, deps: AppDeps, { desk, notifies }: MerchantDeps): Promise<Response> {
  requireJson(c);
  await readJson(c, nothing);
  if (!notifies) throw new Problem('notices_off');
  const notice = await desk.resend(c.req.param('id') ?? '');
  if (!notice) throw new Problem('notice_not_found');
  committed(c, deps);
  return json(c, { notice: toNoticeView(notice) }, 202);
}
