import * as z from 'zod';
import { payoutView } from '../browser/payout-view.js';
import { names } from '../route/route.js';
import { type ProblemCode, problems } from './problem.js';

/** Every code there is. */
export const problemCodes = Object.keys(problems).filter((code): code is ProblemCode => code in problems);

const fieldProblem = z.strictObject({
  field: z.string().describe('Dotted path; empty for the request as a whole.'),
  problem: z.string(),
  hint: z.string(),
});

/** A refusal as it is answered, `application/problem+json`. */
export const problemBody = z
  .strictObject({
    type: z.string().describe('`urn:b131:problem:` and the code.'),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes).describe('Stable; more codes may be added.'),
    detail: z.string().describe('What to do, or more where more is known.'),
    errors: z.array(fieldProblem).optional().describe('Fields that are not as they must be.'),
    payout: z
      .looseObject(payoutView.partial().shape)
      .optional()
      .describe('The payout as it is, where that helps; as the route shows payouts.'),
    id: z.string().optional().describe("Under which the BFF's own log holds a failure nobody foresaw."),
  })
  .register(names, { id: 'Problem' });

export type ProblemBody = z.infer<typeof problemBody>;
