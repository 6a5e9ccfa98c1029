import * as z from 'zod';
import type { AppDeps } from '../deps.js';
import { names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';

const alive = z.strictObject({ status: z.literal('ok') }).register(names, { id: 'Alive' });

/** A degraded bank is still `ready`; a store or a key that fails is not. */
const readyReport = z
  .strictObject({
    status: z.enum(['ready', 'not_ready']),
    checks: z
      .record(z.string(), z.unknown())
      .describe('`ok`, or what kind of thing is wrong, for each part.'),
  })
  .register(names, { id: 'ReadyReport' });

export type ReadyReport = z.infer<typeof readyReport>;

/** What whoever runs the process asks. */
export function platformRoutes(deps: AppDeps): Route[] {
  return [
    {
      id: 'health',
      method: 'GET',
      path: '/health',
      caller: 'anybody',
      summary: 'Whether the process answers',
      answers: { 200: { what: 'It does.', schema: alive } },
      handle: (c) => json(c, { status: 'ok' }),
    },
    {
      id: 'ready',
      method: 'GET',
      path: '/ready',
      caller: 'anybody',
      summary: 'Whether the process can serve',
      answers: {
        200: {
          what: 'It can; a bank that does not answer is told, and is no reason to stop.',
          schema: readyReport,
        },
        503: { what: 'The store or a key does not work.', schema: readyReport },
      },
      async handle(c) {
        const report = await deps.ready();
        const isReady = report.status === 'ready';
        return json(c, report, isReady ? 200 : 503, isReady ? {} : { 'retry-after': '5' });
      },
    },
  ];
}
