/**
 * The session's state machine as pure functions: a session and a moment in, the next session out. Whether a
 * step is allowed is asked with the `may…` functions; when a step is due is the business of `Bank`.
 */
import type { Fault, Payout, PayoutOrder, Refund, Session, Version } from './model.js';

/** `session/create` (documented: status `created`, nothing started). */
export function opened(id: string, version: Version, order: PayoutOrder, at: string): Session {
  return { id, version, status: 'created', created_at: at, updated_at: at, order, payouts: [] };
}

/** Only a session that was not started may be started. `late`: the bank lets a cancelled one start after all. */
export function mayStart(session: Session, late: boolean): boolean {
  if (session.payouts.length > 0) return false;
  return session.status === 'created' || (late && session.status === 'cancelled');
}

/** documented: `next_action: confirm` = confirm or cancel. */
export function mayConfirm(session: Session): boolean {
  return session.next_action === 'confirm';
}

/** documented: a created session waits to be started or cancelled; `next_action: confirm` = confirm or cancel.
 * `whileProcessing`: the bank cancels what is in processing as well. */
export function mayCancel(session: Session, whileProcessing: boolean): boolean {
  if (session.status === 'created' || session.next_action === 'confirm') return true;
  return whileProcessing && session.status === 'in_progress';
}

/** `session/start/payout` (documented: session and payout `in_progress`). */
export function started(session: Session, payout: Payout, at: string): Session {
  const { finished_at: _, ...rest } = session;
  return { ...rest, status: 'in_progress', updated_at: at, payouts: [...session.payouts, payout] };
}

/** The bank is ready and waits (documented: payout `pending`, `next_action: confirm`). */
export function readied(session: Session, at: string, confirmBy: string): Session {
  return withPayout({ ...session, updated_at: at, next_action: 'confirm', confirmBy }, { status: 'pending' });
}

/**
 * `session/confirm`, or confirmation by the bank itself (documented: payout `in_progress` again; an example of the
 * bank's sibling still reads `pending`).
 */
export function confirmed(
  session: Session,
  at: string,
  status: 'in_progress' | 'pending' = 'in_progress',
): Session {
  return withPayout({ ...withoutNextAction(session), updated_at: at }, { status });
}

/** Money has moved (documented: session `accepted`, payout `succeeded`). */
export function succeeded(session: Session, at: string): Session {
  const next = { ...session, status: 'accepted' as const, updated_at: at, finished_at: at };
  return withPayout(next, { status: 'succeeded', finished_at: at });
}

/**
 * The payout ended without money (documented: payout `failed` with its `error`). What the session's own status
 * is then is not documented: `sessionStatus` says.
 */
export function failed(
  session: Session,
  error: Fault,
  at: string,
  sessionStatus: 'cancelled' | 'accepted' = 'cancelled',
): Session {
  const next = { ...withoutNextAction(session), status: sessionStatus, updated_at: at, finished_at: at };
  return withPayout(next, { status: 'failed', finished_at: at, error });
}

/** `session/cancel` of a session without a payout. */
export function cancelled(session: Session, at: string): Session {
  return { ...session, status: 'cancelled', updated_at: at, finished_at: at };
}

/** The session's status is `error`: outcome unknown, not final (documented: Objects, Errors). */
export function stumbled(session: Session, at: string): Session {
  return { ...session, status: 'error', updated_at: at };
}

/** The recipient's bank sent the money back (documented: the payout keeps `succeeded`, `refunds[]` tells). */
export function returned(session: Session, refund: Refund, at: string): Session {
  const refunds = [...(lastPayout(session)?.refunds ?? []), refund];
  return withPayout({ ...session, updated_at: at }, { refunds });
}

/** The payout the session is about, if it was started. */
export function lastPayout(session: Session): Payout | undefined {
  return session.payouts.at(-1);
}

function withoutNextAction(session: Session): Session {
  const { next_action: _, confirmBy: __, ...rest } = session;
  return rest;
}

function withPayout(session: Session, change: Partial<Payout>): Session {
  const last = session.payouts.length - 1;
  const payouts = session.payouts.map((payout, index) =>
    index === last ? { ...payout, ...change } : payout,
  );
  return { ...session, payouts };
}
