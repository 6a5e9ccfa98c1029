import * as z from 'zod';
import { payoutStatuses } from '../../payout/payout.js';
import { payoutClaims } from '../../tickets/claims.js';
import { body } from '../request/body.js';
import { pageCursor, pageLimit } from '../request/page.js';
import { reasonText } from '../request/text.js';
import type { Given } from '../route/route.js';

const time = z.iso
  .datetime({ offset: true, error: 'is no time; write it as 2026-11-23T09:30:00Z' })
  .transform((text) => Date.parse(text));

/** Which payouts a list holds; whatever is given must fit. */
export const listQuery = z.strictObject(
  {
    status: z.enum(payoutStatuses, `is no status; it is one of ${payoutStatuses.join(', ')}`).optional(),
    attention: z
      .string()
      .regex(/^[a-z0-9_]{1,64}$/, 'is no reason; it is a code as `attention` of a payout holds it')
      .optional()
      .describe('Why a person must look.'),
    subject: payoutClaims.shape.sub.optional(),
    ref: payoutClaims.shape.ref.optional(),
    from: time.optional().describe('Recorded then or later.'),
    until: time.optional().describe('Recorded before.'),
    limit: pageLimit,
    cursor: pageCursor,
  },
  'holds a filter that is not known; the filters are: status, attention, subject, ref, from, until, limit, cursor',
);

/** Filters of the list of payouts, as they are given. */
export type ListQuery = Given<typeof listQuery>;

/** Body of a confirm, a cancel. */
export const act = body({ why: reasonText });

export type ActBody = z.input<typeof act>;

const outcomes = ['succeeded', 'failed', 'cancelled'] as const;

/** Body of a resolution. */
export const resolution = body({
  outcome: z.enum(outcomes, `is no outcome; it is one of ${outcomes.join(', ')}`),
  evidence: reasonText.describe(
    "Where it can be looked up: a statement, the bank's letter, a case number. No personal data.",
  ),
  why: reasonText,
});

const onOrOff = z.boolean('is neither true nor false; true pauses').optional();

export type ResolutionBody = z.input<typeof resolution>;

/** Body of a pause. */
export const pausing = body({
  start: onOrOff.describe('Pause, or let go on, the starting of payouts.'),
  confirm: onOrOff.describe('Pause, or let go on, our confirms.'),
  why: reasonText,
}).refine(
  ({ start, confirm }) => start !== undefined || confirm !== undefined,
  'names no switch; send start, confirm or both',
);

export type PausingBody = z.input<typeof pausing>;
