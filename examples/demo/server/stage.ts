/** Shows the BFF's work to the demo's panel: the page's calls and `onEvent`, as server-sent events. */
import type { BffEvent } from '@b131/bff';
import type { Context, MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';

/** A call that was answered, without a body, a ticket or a token. Browsers send `Origin`, the shop's server does not. */
export interface CallEvent {
  type: 'page.called';
  from: 'page' | 'shop';
  method: string;
  path: string;
  status: number;
  code: string | null;
  durationMs: number;
}

export type StageEvent = { id: string; at: string } & (CallEvent | BffEvent);

const remembered = 500;
/** Tells this process's events from those of the one that was killed before it. */
const life = Date.now().toString(36);

export function createStage() {
  const past: StageEvent[] = [];
  const listeners = new Set<(event: StageEvent) => void>();
  let count = 0;

  function tell(told: CallEvent | BffEvent, at = Date.now()): void {
    count += 1;
    const event = { id: `${life}-${count}`, at: new Date(at).toISOString(), ...told };
    past.push(event);
    if (past.length > remembered) past.shift();
    for (const listener of listeners) listener(event);
  }

  const watch: MiddlewareHandler = async (c, next) => {
    const from = Date.now();
    const { method, path } = c.req;
    await next();
    if (method === 'OPTIONS' || !/\/(payouts|public-tokens)/.test(path)) return;
    const code = c.res.ok ? null : await codeOf(c.res.clone());
    const caller = c.req.header('origin') ? 'page' : 'shop';
    const { status } = c.res;
    // What a call set going is told before its answer; its place is where it began.
    tell(
      { type: 'page.called', from: caller, method, path, status, code, durationMs: Date.now() - from },
      from,
    );
  };

  function stream(c: Context): Response | Promise<Response> {
    c.header('access-control-allow-origin', '*');
    return streamSSE(c, async (sse) => {
      // Come back soon when we were killed.
      await sse.writeSSE({ event: 'hello', data: '', retry: 300 });
      const queue = [...past];
      let wake = () => {};
      const listener = (event: StageEvent) => {
        queue.push(event);
        wake();
      };
      listeners.add(listener);
      sse.onAbort(() => {
        listeners.delete(listener);
        wake();
      });
      while (!sse.aborted) {
        for (const event of queue.splice(0)) await sse.writeSSE({ data: JSON.stringify(event) });
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (queue.length > 0 || sse.aborted) resolve();
        });
      }
    });
  }

  return { tell, watch, stream };
}

async function codeOf(response: Response): Promise<string | null> {
  const problem: unknown = await response.json().catch(() => null);
  const isProblem = typeof problem === 'object' && problem !== null && 'code' in problem;
  return isProblem && typeof problem.code === 'string' ? problem.code : null;
}
