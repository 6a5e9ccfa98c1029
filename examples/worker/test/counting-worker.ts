import { AsyncLocalStorage } from 'node:async_hooks';
import type { D1Binding, D1Prepared } from '@b131/bff/d1';
import type { Env } from '../src/env.ts';
import worker from '../src/worker.ts';
import type { Invocation } from './invocation.ts';

const current = new AsyncLocalStorage<Invocation>();
const invocations: Invocation[] = [];
const originals = new WeakMap<D1Prepared, D1Prepared>();
let counted: Env | undefined;

const send = globalThis.fetch;
globalThis.fetch = (...request: Parameters<typeof fetch>) => {
  count('calls', 1);
  return send(...request);
};

function count(what: 'queries' | 'calls', many: number): void {
  const invocation = current.getStore();
  // What is asked outside any invocation would be missing in the figures.
  if (!invocation) throw new Error(`${what} outside an invocation`);
  invocation[what] += many;
}

/** Every statement counts, those of a batch too. */
function counting(db: D1Binding): D1Binding {
  const prepared = (original: D1Prepared): D1Prepared => {
    const statement: D1Prepared = {
      bind: (...values) => prepared(original.bind(...values)),
      all() {
        count('queries', 1);
        return original.all();
      },
    };
    originals.set(statement, original);
    return statement;
  };
  return {
    prepare: (sql) => prepared(db.prepare(sql)),
    batch(statements) {
      count('queries', statements.length);
      return db.batch(statements.map((statement) => originals.get(statement) ?? statement));
    },
  };
}

/** Runs one invocation and notes what it took, work after the answer included. */
function invoked<T>(what: string, work: (invocation: Invocation) => Promise<T>): Promise<T> {
  const invocation: Invocation = { what, queries: 0, calls: 0, over: false };
  invocations.push(invocation);
  return current.run(invocation, () => work(invocation));
}

/** A stream asks D1 while it is read, which is after its invocation has answered: that counts as well. */
function streamed(response: Response, invocation: Invocation): Response {
  const reader = response.body?.getReader();
  if (!reader) return response;
  const body = new ReadableStream(
    {
      pull: (controller) =>
        current.run(invocation, async () => {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        }),
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

type Context = Parameters<typeof worker.fetch>[2];

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/invocations') return Response.json(invocations);
    counted ??= { ...env, DB: counting(env.DB) };
    const bound = counted;
    const what = `${request.method} ${pathname.replace(/pay_[0-9a-f]+/, ':id')}`;
    return invoked(what, async (invocation) => {
      const waits: Promise<unknown>[] = [];
      const waitUntil = (work: Promise<unknown>) => {
        waits.push(work);
        context.waitUntil(work);
      };
      const response = await worker.fetch(request, bound, {
        waitUntil,
        passThroughOnException() {},
        props: {},
      });
      context.waitUntil(
        Promise.all(waits).then(() => {
          invocation.over = true;
        }),
      );
      return streamed(response, invocation);
    });
  },
  async scheduled(event: unknown, env: Env): Promise<void> {
    counted ??= { ...env, DB: counting(env.DB) };
    const bound = counted;
    await invoked('cron', async (invocation) => {
      await worker.scheduled(event, bound);
      invocation.over = true;
    });
  },
};
