import type { PayoutStatus, PayoutView } from '../bff/payout.js';

/** What the backend is asked for, and `widget`: what the recipient gives to the bank's form. */
export type Call = 'current' | 'public-token' | 'start' | 'confirm' | 'cancel' | 'widget';

/** The next call of a kind is refused: by a code of the backend, or one of the widget's. */
export interface Refusal {
  readonly refuse: Call;
  readonly code: string;
}

/** Where the payout stands next. */
export type Scene = Partial<PayoutView> & { readonly status: PayoutStatus };

/**
 * One line of a script. A status, or a status with more (`{ status: 'succeeded', returnedAmount: 50000 }`), is where
 * the payout stands next; `hold` waits for `go()`; a refusal waits for its call, and disturbs nothing else.
 */
export type Line = PayoutStatus | Scene | Refusal | 'hold';

/** A payout that fails; `code` is the bank's. With `retryable` the recipient may try another account. */
export function failed(code: string, retryable = true): Scene {
  return { status: 'failed', error: { code }, retryable };
}

/** The next `call` is refused, e.g. `refused('start', 'limit_exceeded')`. */
export function refused(call: Call, code: string): Refusal {
  return { refuse: call, code };
}

/** What a payout goes through when nothing is said: no one confirms, and it is paid. */
export const plainScript: readonly Line[] = ['starting', 'processing', 'succeeded'];

/** The scenes of a script, without its refusals. */
export function scenesOf(script: readonly Line[]): (Scene | 'hold')[] {
  return script.flatMap((line): (Scene | 'hold')[] => {
    if (line === 'hold') return [line];
    if (typeof line === 'string') return [{ status: line }];
    return 'refuse' in line ? [] : [line];
  });
}

/** The refusals of a script, in its order. */
export function refusalsOf(script: readonly Line[]): Refusal[] {
  return script.filter((line) => typeof line === 'object' && 'refuse' in line);
}
