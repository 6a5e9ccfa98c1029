import type { Bff } from '@b131/bff';
import { createWorkerBff, drainLimit } from './bff.ts';
import type { Env } from './env.ts';

/** What Workers hand over beside the request. */
interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
  props: unknown;
}

// One for the isolate: it holds the imported keys, and nothing that a request could not begin anew.
let bff: Bff | undefined;

function bffOf(env: Env): Bff {
  bff ??= createWorkerBff(env);
  return bff;
}

export default {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    return bffOf(env).app.fetch(request, env, context);
  },
  /** The cron trigger. A cron that fires every minute may take 15 minutes; the next one may begin all the same. */
  async scheduled(_event: unknown, env: Env): Promise<void> {
    // A Worker holds six connections at once.
    await bffOf(env).drain({ limit: drainLimit, deadline: Date.now() + 50_000, concurrency: 6 });
  },
};
