import { BankError, TransportError } from '@b131/api';
import type { OnEvent } from '../events/events.js';

/** Makes a call to the bank and tells of it: which method, for which payout, how it went, how long it took. */
export type Timed = <T>(method: string, payoutId: string | null, call: () => Promise<T>) => Promise<T>;

export function createTimed(clock: { now(): number }, onEvent: OnEvent): Timed {
  return async (method, payoutId, call) => {
    const from = clock.now();
    const told = { type: 'bank.called', payoutId, method } as const;
    try {
      const result = await call();
      onEvent({ ...told, outcome: 'ok', code: null, durationMs: clock.now() - from });
      return result;
    } catch (error) {
      onEvent({ ...told, outcome: 'error', code: codeOf(error), durationMs: clock.now() - from });
      throw error;
    }
  };
}

/** A stable code for events and the journal; never a message. */
export function codeOf(error: unknown): string {
  if (error instanceof BankError) return error.code;
  if (error instanceof TransportError) return error.reason;
  return error instanceof Error ? error.name : 'unknown';
}
