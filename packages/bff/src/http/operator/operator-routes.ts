import type { Context } from 'hono';
import * as z from 'zod';
import type { ActResult } from '../../engine/act.js';
import type { OperatorDesk } from '../../operator/operator.js';
import type { AppDeps } from '../deps.js';
import { Problem } from '../refusal/problem.js';
import { nothing, readJson, readQuery, requireJson } from '../request/body.js';
import { committed } from '../request/committed.js';
import { nextCursor, toCursor } from '../request/page.js';
import { names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';
import { type Operator, requireOperator, type WhoIsOperator } from './access.js';
import { act, listQuery, pausing, resolution } from './acts.js';
import {
  operatorPayout,
  pauseView,
  payoutFile,
  toFlipView,
  toOperatorPayout,
  toPayoutFile,
} from './operator-view.js';

/** What the operators' routes need; without it they are closed. */
export interface OperatorDeps {
  desk: OperatorDesk;
  who: WhoIsOperator;
}

type OperatorRoute = Omit<Route, 'caller' | 'handle'> & {
  handle(c: Context, operator: Operator): Promise<Response>;
};

const page = z
  .strictObject({ payouts: z.array(operatorPayout), next: nextCursor })
  .register(names, { id: 'OperatorPayoutPage' });
export type OperatorPage = z.infer<typeof page>;

const taken = z.strictObject({ payout: operatorPayout }).register(names, { id: 'OneOperatorPayout' });
const recorded = { 202: { what: 'Recorded, with who and why; the engine goes on at once.', schema: taken } };

/** The routes of the people who run payouts; each asks the host who is there. None leads past the engine's checks. */
export function operatorRoutes(deps: AppDeps, { desk, who }: OperatorDeps): Route[] {
  const routes = [...readRoutes(desk), ...actRoutes(deps, desk), ...pauseRoutes(deps, desk)];
  return routes.map((route) => ({
    ...route,
    caller: 'operator',
    handle: async (c) => route.handle(c, await requireOperator(c, who)),
  }));
}

function readRoutes(desk: OperatorDesk): OperatorRoute[] {
  return [
    {
      id: 'listPayouts',
      method: 'GET',
      path: '/operator/payouts',
      summary: 'Payouts, the newest first',
      query: listQuery,
      answers: { 200: { what: 'One page.', schema: page } },
      async handle(c) {
        const { cursor: after, ...filters } = readQuery(c, listQuery);
        const { payouts, next } = await desk.list({ ...filters, after });
        return json(c, { payouts: payouts.map(toOperatorPayout), next: toCursor(next) });
      },
    },
    {
      id: 'readPayoutFile',
      method: 'GET',
      path: '/operator/payouts/:id',
      summary: 'One payout with its attempts, journal and notices',
      answers: { 200: { what: 'As it is now.', schema: payoutFile } },
      problems: ['payout_not_found'],
      async handle(c) {
        const file = await desk.read(idOf(c));
        if (!file) throw new Problem('payout_not_found');
        return json(c, toPayoutFile(file));
      },
    },
  ];
}

function actRoutes(deps: AppDeps, desk: OperatorDesk): OperatorRoute[] {
  return [
    {
      id: 'recheckPayout',
      method: 'POST',
      path: '/operator/payouts/:id/recheck',
      summary: 'Ask the bank now rather than when it is due',
      body: nothing,
      answers: { 202: { what: 'The engine looks at once.', schema: taken } },
      problems: ['payout_not_found'],
      async handle(c) {
        requireJson(c);
        await readJson(c, nothing);
        if (!(await desk.recheck(idOf(c)))) throw new Problem('payout_not_found');
        committed(c, deps);
        const file = await desk.read(idOf(c));
        if (!file) throw new Problem('payout_not_found');
        return json(c, { payout: toOperatorPayout(file.payout) }, 202);
      },
    },
    {
      id: 'confirmPayoutAsOperator',
      method: 'POST',
      path: '/operator/payouts/:id/confirm',
      summary: 'Let the money move',
      description: 'A word that the engine tells the bank only if every check still fits.',
      body: act,
      answers: recorded,
      problems: ['payout_not_found', 'not_awaiting'],
      async handle(c, { name: who }) {
        requireJson(c);
        return result(c, deps, await desk.confirm(idOf(c), { ...(await readJson(c, act)), who }));
      },
    },
    {
      id: 'cancelPayoutAsOperator',
      method: 'POST',
      path: '/operator/payouts/:id/cancel',
      summary: 'Have the payout cancelled',
      body: act,
      answers: recorded,
      problems: ['payout_not_found', 'not_awaiting'],
      async handle(c, { name: who }) {
        requireJson(c);
        return result(c, deps, await desk.cancel(idOf(c), { ...(await readJson(c, act)), who }));
      },
    },
    {
      id: 'resolvePayout',
      method: 'POST',
      path: '/operator/payouts/:id/resolve',
      summary: 'End a payout that needs attention, by evidence',
      description: 'The bank is asked first. What it shows is not argued with: such a resolution is refused.',
      body: resolution,
      answers: recorded,
      problems: [
        'payout_not_found',
        'not_in_attention',
        'bank_silent',
        'bank_contradicts',
        'earlier_attempts',
      ],
      async handle(c, { name: who }) {
        requireJson(c);
        return result(c, deps, await desk.resolve(idOf(c), { ...(await readJson(c, resolution)), who }));
      },
    },
  ];
}

function pauseRoutes(deps: AppDeps, desk: OperatorDesk): OperatorRoute[] {
  const answers = { 200: { what: 'The switches as they are now.', schema: pauseView } };
  return [
    {
      id: 'readPause',
      method: 'GET',
      path: '/operator/pause',
      summary: 'What is paused, and who paused it',
      answers,
      handle: (c) => switches(c, desk),
    },
    {
      id: 'pause',
      method: 'POST',
      path: '/operator/pause',
      summary: 'Pause, or let go on, all starts or all confirms',
      description: 'Takes hold of every process within a second. What the bank was told already goes on.',
      body: pausing,
      answers,
      async handle(c, { name: who }) {
        requireJson(c);
        const { why, ...changes } = await readJson(c, pausing);
        await desk.pause(changes, { who, why });
        committed(c, deps);
        return switches(c, desk);
      },
    },
  ];
}

const shownFlips = 50;

async function switches(c: Context, desk: OperatorDesk): Promise<Response> {
  const log = await desk.switchLog(shownFlips);
  return json(c, { ...(await desk.paused()), log: log.map(toFlipView) });
}

function idOf(c: Context): string {
  return c.req.param('id') ?? '';
}

function result(c: Context, deps: AppDeps, done: ActResult): Response {
  if (done.kind === 'done') {
    committed(c, deps);
    return json(c, { payout: toOperatorPayout(done.record.payout) }, 202);
  }
  if (done.because === 'unknown_payout') throw new Problem('payout_not_found');
  throw new Problem(done.because, { members: { payout: toOperatorPayout(done.record.payout) } });
}
