import type { BffClient, StartedPayout } from '../bff/client.js';
import { isFinal } from '../bff/payout.js';
import { sleep, waitBefore } from '../timing/waits.js';
import type { TokenResult } from '../widget/result/read.js';
import { isUnsure } from './code.js';
import { waitForLoad } from './steadily.js';
import type { Tickets } from './tickets.js';

/** What starting a payout needs. */
export interface StartOptions {
  readonly client: BffClient;
  readonly tickets: Tickets;
  readonly result: TokenResult;
  /** Number of the last attempt known before this one, 0 when there was none. */
  readonly lastAttempt: number;
  /** The token may have been sent before. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

const waits = { first: 400, longest: 4_000 };
const attempts = 4;

/**
 * Starts a payout. When the answer is lost, asks for the payout of this reference, and sends the same token again
 * where there is none yet: the same token is the same payout, so nobody is paid twice. What was refused for the load
 * was not begun, and is sent again after a while.
 *
 * @throws BffError the last one; `unsure` when the payout may have been started all the same
 */
export async function startPayout(options: StartOptions): Promise<StartedPayout> {
  let mayBeSent = options.again;
  for (let tries = 0; ; tries++) {
    try {
      return (mayBeSent ? await findStarted(options) : null) ?? (await send(options));
    } catch (error) {
      options.signal.throwIfAborted();
      const unsure = isUnsure(error);
      const wait = unsure ? waitBefore(tries, waits) : waitForLoad(error, tries);
      if (wait === null || tries + 1 >= attempts) throw error;
      mayBeSent ||= unsure;
      await sleep(wait, options.signal);
    }
  }
}

function send({ client, tickets, result, lastAttempt, signal }: StartOptions): Promise<StartedPayout> {
  return tickets.use((ticket) => client.start(ticket, result, lastAttempt + 1, signal));
}

/** The payout our lost request has started; an earlier attempt that is over is not it. */
async function findStarted({
  client,
  tickets,
  lastAttempt,
  signal,
}: StartOptions): Promise<StartedPayout | null> {
  const found = await tickets.use((ticket) => client.current(ticket, signal));
  if (found === null) return null;
  const { attempt, status, retryable } = found.payout;
  return attempt > lastAttempt || !isFinal(status) || !retryable ? found : null;
}
