import { sleep, waitBefore } from '../timing/waits.js';
import type { BffClient } from './client.js';
import { isFinal, type PayoutView } from './payout.js';
import { BffError } from './problem.js';
import { takeStream } from './slot.js';
import { readPayouts } from './stream.js';

/** What a watch needs. */
export interface WatchOptions {
  readonly client: BffClient;
  readonly payout: PayoutView;
  /** A token that allows to read the payout; asked for anew before each connection. */
  readonly bearer: () => Promise<string>;
  /** Called for every version newer than the last one seen. */
  readonly onPayout: (payout: PayoutView) => void;
  /** Called with false when the news cannot be had for a while, with true when they can again. */
  readonly onContact: (inContact: boolean) => void;
  readonly document: Document;
  readonly signal: AbortSignal;
}

const waits = { first: 500, longest: 20_000 };
const pollEvery = { first: 3_000, longest: 3_000 };
/** A longer `Retry-After` is not waited out: the payout may be over by then. */
const longestSilence = 60_000;
/** So many tries in a row fail before the recipient is told. */
const quietFailures = 3;

/**
 * Follows a payout until it is final: by the status stream, resumed behind the last version seen, with growing
 * jittered waits between connections and one plain question after each that broke. Lets go of the connection
 * while the page is hidden. Ends when the payout is final; rejects only when `signal` is aborted or the backend
 * says that this payout cannot be read with this token.
 */
export async function watchPayout(options: WatchOptions): Promise<void> {
  const { signal, document } = options;
  let last = options.payout;
  let rounds = 0;
  let failures = 0;
  let asked = 0;

  const see = (payout: PayoutView): void => {
    if (failures >= quietFailures) options.onContact(true);
    failures = 0;
    if (payout.version <= last.version) return;
    rounds = 0;
    last = payout;
    options.onPayout(payout);
  };

  while (!isFinal(last.status)) {
    await untilVisible(document, signal);
    const visible = whileVisible(document, signal);
    try {
      await round(options, last, see, visible.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isRefusal(error)) throw error;
      asked = askedFor(error);
      if (!visible.signal.aborted && ++failures === quietFailures) options.onContact(false);
    } finally {
      visible.release();
    }
    if (isFinal(last.status)) return;
    if (!visible.signal.aborted && (await rest(asked + waitBefore(rounds++, waits), options))) rounds = 0;
    asked = 0;
  }
}

/** A wait between two connections. True when a network that is back has ended it early. */
async function rest(ms: number, { document, signal }: WatchOptions): Promise<boolean> {
  const back = new AbortController();
  const end = (): void => back.abort();
  document.defaultView?.addEventListener('online', end);
  try {
    await sleep(ms, AbortSignal.any([signal, back.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    document.defaultView?.removeEventListener('online', end);
  }
  return back.signal.aborted;
}

/** One connection: the stream to its end and a plain question behind it, or questions when the stream is taken. */
async function round(
  { client, bearer, document }: WatchOptions,
  last: PayoutView,
  see: (payout: PayoutView) => void,
  signal: AbortSignal,
): Promise<void> {
  const token = await bearer();
  const release = takeStream(document, client.endpoint);
  if (release === null) {
    await sleep(waitBefore(0, pollEvery), signal);
    see(await client.payout(last.id, token, signal));
    return;
  }
  // Firefox keeps a connection open whose body is merely cancelled.
  const connection = new AbortController();
  const both = AbortSignal.any([signal, connection.signal]);
  try {
    const body = await client.events(last.id, token, last.version, both);
    for await (const payout of readPayouts(body)) {
      see(payout);
      if (isFinal(payout.status)) return;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isRefusal(error) || askedFor(error) > 0) throw error;
  } finally {
    connection.abort();
    release();
  }
  see(await client.payout(last.id, token, signal));
}

/** The backend says that these news are not for us: asking again changes nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof BffError && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** How long the backend asks to be left alone, in milliseconds. */
function askedFor(error: unknown): number {
  return error instanceof BffError ? Math.min(error.retryAfter ?? 0, longestSilence) : 0;
}

function untilVisible(document: Document, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    if (document.visibilityState !== 'hidden') return resolve();
    const stop = (): void => reject(signal.reason);
    const look = (): void => {
      if (document.visibilityState === 'hidden') return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    document.addEventListener('visibilitychange', look, { signal });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function whileVisible(document: Document, signal: AbortSignal): { signal: AbortSignal; release: () => void } {
  const hidden = new AbortController();
  const look = (): void => {
    if (document.visibilityState === 'hidden') hidden.abort();
  };
  document.addEventListener('visibilitychange', look);
  return {
    signal: AbortSignal.any([signal, hidden.signal]),
    release: () => document.removeEventListener('visibilitychange', look),
  };
}
