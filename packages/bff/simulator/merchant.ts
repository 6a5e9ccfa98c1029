import { z } from 'zod';
import type { Process } from './process.ts';
import { type Stage, strikes } from './stage.ts';

/** The merchant's server, which is told of results. */
export interface Merchant {
  /** The `fetch` that a process's courier is given. */
  reachedFrom(process: Process): typeof fetch;
  /** Ids of the notices it has got, with the status each told. */
  readonly told: ReadonlyMap<string, string>;
}

/** As long as the courier waits. */
const patience = 15_000;

const noticeBody = z.object({ data: z.object({ status: z.string() }) });

export function createMerchant(stage: Stage): Merchant {
  const { scheduler, trace } = stage;
  const { down, answerLost } = stage.plan.faults.merchant;
  const random = stage.random.fork('merchant');
  const told = new Map<string, string>();

  async function take(init: RequestInit | undefined): Promise<Response> {
    await scheduler.sleep(random.between(10, 400));
    if (strikes(stage, 'merchant down', down, random)) return unwell();
    const id = new Headers(init?.headers).get('webhook-id') ?? '';
    const { data } = noticeBody.parse(JSON.parse(String(init?.body)));
    trace.say('merchant', `is told ${id}: ${data.status}`);
    told.set(id, data.status);
    if (strikes(stage, 'merchant answer lost', answerLost, random)) return timeout();
    return new Response(null, { status: 204 });
  }

  function unwell(): Promise<Response> {
    return random.chance(0.7) ? Promise.resolve(new Response('', { status: 500 })) : timeout();
  }

  async function timeout(): Promise<Response> {
    await scheduler.sleep(patience);
    throw new TypeError('fetch failed');
  }

  return {
    reachedFrom: (process) => (_url, init) => process.across('merchant', () => take(init)),
    told,
  };
}
