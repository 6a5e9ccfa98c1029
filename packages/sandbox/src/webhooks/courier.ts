import { createSigner, type PrivateKey, type Sign, signBody } from '@b131/api';
import type { Session, WebhookType } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Exchange } from '../control/exchange.js';
import type { Journal } from '../control/journal.js';
import { wireSession } from '../door/wire.js';
import type { Faults, Strike } from '../faults/faults.js';
import type { Clock } from '../time/clock.js';

/** What the courier works with. */
export interface CourierParts {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly privateKey: PrivateKey;
  readonly fetch: typeof fetch;
  readonly faults: Faults;
  readonly project: string;
  ordinalOf(sessionId: string): number | undefined;
}

interface Parcel {
  readonly type: WebhookType;
  readonly sessionId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the signature is really over: other bytes make a forged webhook. */
  readonly signed?: Uint8Array;
  /** Not sent again, whatever its receiver says. */
  readonly once?: true;
}

/** Wait before delivery `n + 1` when delivery `n` failed: 1, 2, 4, 8 … 60 s (documented: growing; numbers ours). */
export function resendDelay(n: number, firstMs = 1_000, longestMs = 60_000): number {
  return Math.min(longestMs, firstMs * 2 ** (n - 1));
}

/** Signs webhooks, brings them, and brings them again until the receiver says HTTP 200 (documented). */
export class Courier {
  readonly #parts: CourierParts;
  readonly #timers = new Set<unknown>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #aborts = new Set<AbortController>();
  readonly #held = new Map<string, { release(): void }>();
  #signer: Promise<Sign> | undefined;
  #closed = false;

  constructor(parts: CourierParts) {
    this.#parts = parts;
  }

  /** Imports the key; rejects with `KeyError`. */
  async ready(): Promise<void> {
    await this.#sign();
  }

  /** Sends a webhook about a session as it is now, or what a fault makes of it. */
  send(type: WebhookType, session: Session): void {
    const bytes = new TextEncoder().encode(JSON.stringify({ type, session: this.#wire(session) }));
    const parcel: Parcel = { type, sessionId: session.id, bytes };
    const strike = this.#strike(parcel);
    const waiting = this.#held.get(session.id);
    this.#held.delete(session.id);
    const sent = strike ? this.#sendStruck(parcel, strike) : this.#go(parcel, 1);
    if (waiting) void sent.then(() => waiting.release());
  }

  /** Do webhooks go anywhere? */
  isOn(): boolean {
    const { webhooks, webhookUrl } = this.#parts.settings;
    return !this.#closed && webhooks && webhookUrl !== null;
  }

  /** Sends a webhook once more, byte for byte, and only once. */
  again({ type, sessionId, bytes }: Omit<Parcel, 'once'>, delivery: number): void {
    void this.#go({ type, sessionId, bytes, once: true }, delivery);
  }

  #strike({ type, sessionId }: Parcel): Strike | null {
    const { faults, journal, ordinalOf } = this.#parts;
    const strike = faults.onWebhook({ name: type, sessionId, ordinal: ordinalOf(sessionId) });
    if (strike) journal.add({ kind: 'fault', fault: strike.kind, on: type, sessionId });
    return strike;
  }

  async #sendStruck(parcel: Parcel, { kind, ms }: Strike): Promise<void> {
    if (kind === 'webhook_missing') return;
    if (kind === 'webhook_late') return void this.#later(ms, () => this.#go(parcel, 1));
    if (kind === 'webhook_reordered') return this.#hold(parcel, ms);
    if (kind === 'webhook_forged') await this.#go(forgedFrom(parcel), 1);
    if (kind === 'webhook_duplicate') void this.#go(parcel, 1);
    await this.#go(parcel, 1);
  }

  /** Keeps a webhook back until the session's next one was sent, but not for ever. */
  #hold(parcel: Parcel, ms: number): void {
    const release = () => {
      stop();
      if (this.#held.get(parcel.sessionId) === held) this.#held.delete(parcel.sessionId);
      void this.#go(parcel, 1);
    };
    const held = { release };
    const stop = this.#later(ms, release);
    this.#held.set(parcel.sessionId, held);
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
    const { personality, feeBasisPoints } = this.#parts.settings;
    const { webhookVersion } = personality;
    const version = webhookVersion === 'call' ? session.version : webhookVersion;
    return wireSession(session, { version, personality, feeBasisPoints });
  }

  /** Begins a delivery, if webhooks are on: who switches them off gives up those that wait. */
  #go(parcel: Parcel, delivery: number): Promise<void> {
    const { webhookUrl } = this.#parts.settings;
    if (!this.isOn() || webhookUrl === null) return Promise.resolve();
    const underWay = this.#deliver(parcel, delivery, webhookUrl).finally(() =>
      this.#underWay.delete(underWay),
    );
    this.#underWay.add(underWay);
    return underWay;
  }

  async #deliver(parcel: Parcel, delivery: number, url: string): Promise<void> {
    const { type, sessionId } = parcel;
    const { exchange, error = 'no answer' } = await this.#post(parcel, url);
    if (this.#closed) return;
    const httpStatus = exchange.answer?.httpStatus;
    const result = httpStatus === undefined ? { error } : { httpStatus };
    this.#parts.journal.add(
      { kind: 'webhook', type, sessionId, delivery, ...result, ...forgery(parcel), ms: exchange.ms },
      exchange,
    );
    if (parcel.once || this.#isTaken(httpStatus)) return;
    const { webhookFirstWaitMs, webhookLongestWaitMs } = this.#parts.settings;
    const wait = resendDelay(delivery, webhookFirstWaitMs, webhookLongestWaitMs);
    this.#later(wait, () => this.#go(parcel, delivery + 1));
  }

  /** documented: HTTP 200, and again after 4xx and 5xx. assumed: what other 2xx count for. */
  #isTaken(httpStatus = 0): boolean {
    const { webhookWants } = this.#parts.settings.personality;
    return httpStatus === 200 || (webhookWants === '2xx' && httpStatus >= 200 && httpStatus < 300);
  }

  async #post(
    { bytes, signed = bytes }: Parcel,
    url: string,
  ): Promise<{ exchange: Exchange; error?: string }> {
    const { clock, fetch, settings } = this.#parts;
    const from = clock.now();
    const abort = new AbortController();
    this.#aborts.add(abort);
    const stop = this.#later(settings.webhookTimeoutMs, () => abort.abort());
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...(settings.personality.webhookProject && { 'x-partner-project': this.#parts.project }),
    };
    const request = { verb: 'POST', url, headers, body: bytes };
    try {
      headers['x-partner-sign'] = await signBody(await this.#sign(), signed);
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

const forgery = ({ signed }: Parcel) => (signed ? { forged: true as const } : {});

/** What somebody might send who does not have the bank's key: success, under the signature of another webhook. */
function forgedFrom({ sessionId, bytes }: Parcel): Parcel {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/"type":"[a-z_]+"/, '"type":"payment_finished"')
    .replaceAll(/"status":"(in_progress|pending|failed)"/g, '"status":"succeeded"')
    .replace(/"status":"(succeeded|cancelled|error)"/, '"status":"accepted"')
    .replace('"next_action":"confirm",', '');
  return {
    type: 'payment_finished',
    sessionId,
    bytes: new TextEncoder().encode(text),
    signed: bytes,
    once: true,
  };
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
