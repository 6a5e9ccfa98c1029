import { createSigner, type PrivateKey, type Sign, signBody } from '@b131/api';
import type { WebhookType } from '../bank/bank.js';
import type { Session } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Exchange } from '../control/exchange.js';
import type { Journal } from '../control/journal.js';
import { wireSession } from '../door/wire.js';
import type { Clock } from '../time/clock.js';

/** What the courier works with. */
export interface CourierParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly privateKey: PrivateKey;
  readonly fetch: typeof fetch;
}

interface Parcel {
  readonly type: WebhookType;
  readonly sessionId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const LONGEST_WAIT_MS = 60_000;

/** Wait before delivery `n + 1` when delivery `n` failed: 1, 2, 4, 8 … 60 s (documented: growing; numbers ours). */
export function resendDelay(n: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (n - 1));
}

/** Signs webhooks, brings them, and brings them again until the receiver says HTTP 200 (documented). */
export class Courier {
  readonly #parts: CourierParts;
  readonly #timers = new Set<unknown>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #aborts = new Set<AbortController>();
  #signer: Promise<Sign> | undefined;
  #closed = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Imports the key; rejects with `KeyError`. */
  async ready(): Promise<void> {
    await this.#sign();
  }

  /** Sends a webhook about a session as it is now. */
  send(type: WebhookType, session: Session): void {
    const bytes = new TextEncoder().encode(JSON.stringify({ type, session: this.#wire(session) }));
    this.#go({ type, sessionId: session.id, bytes }, 1);
  }

  /** When no delivery is under way. Those that wait for their next time do not count. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) this.#parts.clock.clearTimeout(timer);
    for (const abort of this.#aborts) abort.abort();
    this.#timers.clear();
  }

  #wire(session: Session): object {
    const { webhookVersion, echoToken } = this.#parts.settings.personality;
    return wireSession(session, webhookVersion === 'call' ? session.version : webhookVersion, echoToken);
  }

  /** Begins a delivery, if webhooks are on: who switches them off gives up those that wait. */
  #go(parcel: Parcel, delivery: number): void {
    const { webhooks, webhookUrl } = this.#parts.settings;
    if (this.#closed || !webhooks || webhookUrl === null) return;
    const underWay = this.#deliver(parcel, delivery, webhookUrl).finally(() =>
      this.#underWay.delete(underWay),
    );
    this.#underWay.add(underWay);
  }

  async #deliver(parcel: Parcel, delivery: number, url: string): Promise<void> {
    const { type, sessionId } = parcel;
    const { exchange, error = 'no answer' } = await this.#post(parcel, url);
    if (this.#closed) return;
    const httpStatus = exchange.answer?.httpStatus;
    const result = httpStatus === undefined ? { error } : { httpStatus };
    this.#parts.journal.add(
      { kind: 'webhook', type, sessionId, delivery, ...result, ms: exchange.ms },
      exchange,
    );
    if (httpStatus !== 200) this.#later(resendDelay(delivery), () => this.#go(parcel, delivery + 1));
  }

  async #post({ bytes }: Parcel, url: string): Promise<{ exchange: Exchange; error?: string }> {
    const { clock, fetch, settings } = this.#parts;
    const from = clock.now();
    const abort = new AbortController();
    this.#aborts.add(abort);
    const stop = this.#later(settings.webhookTimeoutMs, () => abort.abort());
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    const request = { verb: 'POST', url, headers, body: bytes };
    try {
      headers['x-partner-sign'] = await signBody(await this.#sign(), bytes);
      const { signal } = abort;
      const response = await fetch(url, { method: 'POST', headers, body: bytes, redirect: 'manual', signal });
      const answer = {
        httpStatus: response.status,
        headers: Object.fromEntries(response.headers),
        body: await beginningOf(response),
      };
      return { exchange: { request, answer, ms: clock.now() - from } };
    } catch (error) {
      const reason = abort.signal.aborted ? 'timeout' : networkReason(error);
      return { exchange: { request, ms: clock.now() - from }, error: reason };
    } finally {
      stop();
      this.#aborts.delete(abort);
    }
  }

  #sign(): Promise<Sign> {
    this.#signer ??= createSigner(this.#parts.privateKey);
    return this.#signer;
  }

  #later(ms: number, fn: () => void): () => void {
    const { clock } = this.#parts;
    const timer = clock.setTimeout(() => {
      this.#timers.delete(timer);
      fn();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clock.clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }
}

const ANSWER_SHOWN = 4 * 1024;

/** What the receiver wrote, for the desk. Its status alone decides, so a body that breaks off is no failure. */
async function beginningOf(response: Response): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const chunks: number[] = [];
  const reader = response.body.getReader();
  try {
    while (chunks.length < ANSWER_SHOWN) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(...value.subarray(0, ANSWER_SHOWN - chunks.length));
    }
    await reader.cancel();
  } catch {
    // What was read until then is what there is to show.
  }
  return Uint8Array.from(chunks);
}

/** A short word for a fetch that failed: the platform's code, such as ECONNREFUSED, where it tells one. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'no answer';
}
