import * as z from 'zod';
import type { PayoutRecord } from '../../payout/payout.js';
import { type Notice, noticeStates, stateOf } from '../../store/notice.js';
import { iso, moment, payoutView, toPayoutView } from '../browser/payout-view.js';
import { json, names } from '../route/route.js';

/** A payout as the merchant's own servers see it: what the recipient sees, and what is the merchant's own. */
export const merchantPayout = z
  .strictObject({
    ...payoutView.shape,
    subject: z.string().describe("The recipient, in the merchant's words."),
    metadata: json,
    attention: z.string().nullable().describe('While `needs_attention`: what a person must look at.'),
  })
  .register(names, { id: 'MerchantPayout' });

export type MerchantPayout = z.infer<typeof merchantPayout>;

/** Turns a record into what the merchant's server may see. */
export function toMerchantPayout(record: PayoutRecord): MerchantPayout {
  const { subject, metadata, attention } = record.payout;
  return { ...toPayoutView(record), subject, metadata, attention };
}

/** One notice of the merchant's webhook, and what became of it. */
export const noticeView = z
  .strictObject({
    id: z.string().describe('The `webhook-id` it is sent with.'),
    payoutId: z.string(),
    version: z.int().positive().describe("The payout's version of which it tells."),
    type: z.string().describe('`payout.succeeded` and so on.'),
    state: z.enum(noticeStates),
    tries: z.int().nonnegative(),
    httpStatus: z.int().nullable().describe('Of the last try; null when there was none, or no answer.'),
    createdAt: moment,
    dueAt: moment.nullable().describe('When it is tried next; null when it is not.'),
    deliveredAt: moment.nullable().describe('When it was last received.'),
  })
  .register(names, { id: 'Notice' });

export type NoticeView = z.infer<typeof noticeView>;

export function toNoticeView(notice: Notice): NoticeView {
  const { id, payoutId, version, type, tries, httpStatus } = notice;
  return {
    ...{ id, payoutId, version, type, tries, httpStatus },
    state: stateOf(notice),
    createdAt: new Date(notice.createdAt).toISOString(),
    dueAt: iso(notice.dueAt),
    deliveredAt: iso(notice.deliveredAt),
  };
}
