import type { OnEvent } from '../events/events.js';
import { currentAttempt, type JsonValue, type PayoutRecord } from '../payout/payout.js';
import type { Observation } from './observation.js';

/** What the merchant's own function is asked about. Frozen in: what it says is held against the bank again. */
export interface ConfirmQuestion {
  id: string;
  ref: string;
  /** The recipient, in the merchant's words. */
  subject: string;
  /** Minor units. */
  amount: number;
  currency: string;
  description: string;
  metadata: JsonValue | null;
  attempt: number;
  /** Where the money would go; `masked` as the bank masks it, null when it did not tell. */
  destination: { kind: 'bank_account' | 'card'; masked: string | null };
}

/** The bank's session that waits for the word. */
export interface ConfirmSession {
  id: string;
  /** Until when the bank waits, or until `rules.confirmWithin` is over; null when neither is known. */
  confirmBy: Date | null;
}

/**
 * `wait` asks again: as the bank is asked again, or after so many milliseconds; sooner where that would be
 * after `confirmBy`, and half an hour later at most, five minutes where the bank does not tell until when it waits.
 */
export type Verdict = 'confirm' | 'cancel' | 'wait' | { wait: number };

/**
 * Says by the merchant's own rules whether money moves. It is asked whenever the engine looks, by any process, perhaps
 * twice at once, so it should only read. What it throws, or a word that is none, is heard as `wait`.
 */
export type ConfirmFunction = (
  payout: ConfirmQuestion,
  session: ConfirmSession,
  options: { signal: AbortSignal },
) => Verdict | Promise<Verdict>;

/** What the engine hears: a word, or how long to wait (null: as usual). */
export type Heard = { say: 'confirm' | 'cancel' } | { wait: number | null };

/** Asks the merchant's function about the current attempt. Never throws, and never takes longer than its time. */
export type Consult = (record: PayoutRecord) => Promise<Observation>;

export interface ConsultOptions {
  confirm: ConfirmFunction | null;
  /** Milliseconds the function may take; `Infinity` lets it take all its time. */
  timeout: number;
  onEvent: OnEvent;
  onError: (error: unknown, id: string) => void;
}

/** Makes the merchant's function safe to ask. */
export function createConsult({ confirm, timeout, onEvent, onError }: ConsultOptions): Consult {
  return async (record) => {
    const { id, attempt } = record.payout;
    const heard = (await hear(record)) ?? { wait: null };
    return { kind: 'consulted', attempt, heard };

    async function hear(asked: PayoutRecord): Promise<Heard | null> {
      if (!confirm) return fail('no_function');
      const late = new AbortController();
      const timer = Number.isFinite(timeout) ? setTimeout(() => late.abort(), timeout) : undefined;
      try {
        const said = await Promise.race([
          confirm(...toQuestion(asked), { signal: late.signal }),
          over(late.signal),
        ]);
        return toHeard(said) ?? fail('no_verdict');
      } catch (error) {
        if (late.signal.aborted) return fail('timeout');
        onError(error, id);
        return fail('threw');
      } finally {
        clearTimeout(timer);
      }
    }

    function fail(code: 'no_function' | 'no_verdict' | 'timeout' | 'threw'): null {
      onEvent({ type: 'confirm.failed', payoutId: id, attempt, code });
      return null;
    }
  };
}

function toQuestion(record: PayoutRecord): [ConfirmQuestion, ConfirmSession] {
  const { id, ref, subject, amount, currency, description, metadata, attempt, confirmBy } = record.payout;
  const { destination: kind, masked, sessionId } = currentAttempt(record);
  return [
    { id, ref, subject, amount, currency, description, metadata, attempt, destination: { kind, masked } },
    { id: sessionId ?? '', confirmBy: confirmBy === null ? null : new Date(confirmBy) },
  ];
}

/** The function is the host's code: in JavaScript it may answer anything. */
function toHeard(said: unknown): Heard | null {
  if (said === 'confirm' || said === 'cancel') return { say: said };
  if (said === 'wait') return { wait: null };
  const ms = typeof said === 'object' && said !== null && 'wait' in said ? said.wait : null;
  return typeof ms === 'number' && ms >= 0 ? { wait: ms } : null;
}

function over(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
