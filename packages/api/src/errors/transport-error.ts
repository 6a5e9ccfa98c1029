import { Bank131Error } from './bank131-error.js';

/**
 * What is known of a request that got no answer.
 * `not-sent`: it provably never left (signing failed, aborted before sending, nobody listens at the address).
 * `unknown`: the bank may or may not have acted on it; ask `session/status` before anything else.
 */
export type TransportOutcome = 'not-sent' | 'unknown';

/** `timeout`: our deadline passed. `aborted`: the caller's signal. `signing`: the signer failed. `network`: the rest. */
export type TransportReason = 'timeout' | 'aborted' | 'signing' | 'network';

/** No complete answer came. */
export class TransportError extends Bank131Error {
  override readonly name = 'TransportError';
  readonly outcome: TransportOutcome;
  readonly reason: TransportReason;
  /** The system's error code where there is one, e.g. `ECONNRESET`. */
  readonly code: string | undefined;

  constructor(method: string, outcome: TransportOutcome, reason: TransportReason, code?: string) {
    const sent =
      outcome === 'not-sent' ? 'the request was not sent' : 'whether the bank acted on it is unknown';
    super(`${method}: ${reason}${code ? ` (${code})` : ''}; ${sent}`, method);
    this.outcome = outcome;
    this.reason = reason;
    this.code = code;
  }
}
