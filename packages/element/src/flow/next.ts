import { isFinal, type PayoutView } from '../bff/payout.js';
import { type ErrorCode, errorRow } from '../faces/errors.js';
import { statusTable } from '../faces/statuses.js';
import type { TokenResult } from '../widget/result/read.js';
import {
  type FormNotice,
  type Mode,
  moneyInFlight,
  type PayoutNotice,
  type State,
  type Step,
} from './state.js';

/** Something has happened. */
export type Input =
  /** The element begins, or begins anew. */
  | { readonly type: 'begin'; readonly mode: Mode; readonly hasTicket: boolean }
  /** The page has given a new ticket. */
  | { readonly type: 'ticket' }
  | { readonly type: 'found'; readonly payout: PayoutView }
  | { readonly type: 'absent' }
  | { readonly type: 'drawn' }
  | { readonly type: 'tokenized'; readonly result: TokenResult }
  /** The widget reports an error, which it shows itself; `spent`: its public token can no longer be used. */
  | { readonly type: 'widget-error'; readonly spent: boolean }
  /** A message that claims to bring a token was not the widget's, and was ignored. */
  | { readonly type: 'forged' }
  /** The public token has grown old under an untouched form. */
  | { readonly type: 'stale' }
  /** The form is gone, although nobody has taken it away: its element was moved, or its frame was loaded anew. */
  | { readonly type: 'lost' }
  | { readonly type: 'start' }
  | { readonly type: 'accepted'; readonly payout: PayoutView }
  | { readonly type: 'status'; readonly payout: PayoutView }
  | { readonly type: 'contact'; readonly there: boolean }
  | { readonly type: 'answer'; readonly answer: 'confirm' | 'cancel' }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly payout: PayoutView | null }
  | {
      readonly type: 'trouble';
      readonly code: ErrorCode;
      readonly unsure: boolean;
      readonly payout: PayoutView | null;
    }
  /** Another account after a payout that failed. */
  | { readonly type: 'again' }
  /** Once more after a problem. */
  | { readonly type: 'retry'; readonly hasTicket: boolean }
  | { readonly type: 'reset'; readonly hasTicket: boolean };

/** Something to be done. */
export type Effect =
  /** Ask for the payout of the ticket's reference. */
  | { readonly do: 'find' }
  /** Begin with what `prepare` does, unseen: most who come have no payout yet, and need not wait for that answer. */
  | { readonly do: 'draw-ahead' }
  /** Script, style and a public token; then draw. Goes on with what was begun ahead. */
  | { readonly do: 'prepare' }
  /** Take the widget away and stop what prepares it. */
  | { readonly do: 'clear' }
  /** Raise `b131-token`; go on unless it is prevented. */
  | { readonly do: 'offer'; readonly result: TokenResult }
  /** Ask for the payout; `again`: the token may have been sent before. */
  | { readonly do: 'send'; readonly result: TokenResult; readonly again: boolean }
  | { readonly do: 'watch'; readonly payout: PayoutView }
  | { readonly do: 'unwatch' }
  | { readonly do: 'decide'; readonly answer: 'confirm' | 'cancel'; readonly payout: PayoutView }
  | { readonly do: 'tell'; readonly event: 'b131-ready' }
  | {
      readonly do: 'tell';
      readonly event: 'b131-status' | 'b131-success' | 'b131-failure';
      readonly payout: PayoutView;
    }
  | {
      readonly do: 'tell';
      readonly event: 'b131-error';
      readonly code: ErrorCode;
      readonly retryable: boolean;
    };

/** The state after an input, and what is to be done about it. */
export interface Move {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** The flow before anything has happened. */
export const start: State = { mode: 'payout', step: { at: 'waiting' } };

/** The whole flow as a pure function: no I/O, no clock. Inputs that do not fit the state change nothing. */
export function next(state: State, input: Input): Move {
  switch (input.type) {
    case 'begin':
      return begin(input.mode, input.hasTicket);
    case 'reset':
      return moneyInFlight(state) ? stay(state) : begin(state.mode, input.hasTicket);
    case 'ticket':
      return newTicket(state);
    case 'found':
      return found(state, input.payout);
    case 'absent':
      return absent(state);
    case 'drawn':
      return drawn(state);
    case 'tokenized':
      return tokenized(state, input.result);
    case 'widget-error':
      return widgetError(state, input.spent);
    case 'forged':
      return { state, effects: [tellError('forged-message')] };
    case 'stale':
      return state.step.at === 'form' ? prepare(state, null) : stay(state);
    case 'lost':
      return lost(state);
    case 'start':
      return state.step.at === 'held' ? send(state, state.step.result, false) : stay(state);
    case 'accepted':
      return state.step.at === 'sending' ? enter(state, input.payout, null) : stay(state);
    case 'status':
      return status(state, input.payout);
    case 'contact':
      return contact(state, input.there);
    case 'answer':
      return answer(state, input.answer);
    case 'refused':
      return refused(state, input.code, input.payout);
    case 'trouble':
      return trouble(state, input);
    case 'again':
      return again(state);
    case 'retry':
      return retry(state, input.hasTicket);
  }
}

function stay(state: State): Move {
  return { state, effects: [] };
}

function to(state: State, step: Step, ...effects: readonly Effect[]): Move {
  return { state: { ...state, step }, effects };
}

const stop: readonly Effect[] = [{ do: 'clear' }, { do: 'unwatch' }];

function begin(mode: Mode, hasTicket: boolean): Move {
  const state: State = { mode, step: { at: 'waiting' } };
  if (!hasTicket) return { state, effects: stop };
  if (mode === 'token') return to(state, { at: 'preparing', notice: null }, ...stop, { do: 'prepare' });
  return to(state, { at: 'finding' }, ...stop, { do: 'find' }, { do: 'draw-ahead' });
}

/**
 * A ticket may be for another payout: look for that, but leave alone a form that is being filled in, and a payout
 * that turns out to be the same.
 */
function newTicket(state: State): Move {
  const { step, mode } = state;
  if (step.at === 'problem' && step.result !== null) return send(state, step.result, step.unsure);
  if (moneyInFlight(state) || step.at === 'held') return stay(state);
  if (step.at === 'form' && mode === 'token') return stay(state);
  if (step.at === 'form' || step.at === 'payout') return { state, effects: [{ do: 'find' }] };
  return begin(mode, true);
}

function found(state: State, payout: PayoutView): Move {
  const { step } = state;
  const shown = step.at === 'payout' ? step.payout : null;
  if (shown?.id === payout.id && shown.version === payout.version) return stay(state);
  if (shown !== null && !isFinal(shown.status)) return stay(state);
  return step.at === 'finding' || step.at === 'form' || shown ? enter(state, payout, null) : stay(state);
}

function absent(state: State): Move {
  const { step } = state;
  if (step.at === 'finding') return to(state, { at: 'preparing', notice: null }, { do: 'prepare' });
  const over = step.at === 'payout' && isFinal(step.payout.status);
  return over ? prepare(state, null) : stay(state);
}

function prepare(state: State, notice: FormNotice | null): Move {
  return to(state, { at: 'preparing', notice }, { do: 'clear' }, { do: 'prepare' });
}

function drawn(state: State): Move {
  if (state.step.at !== 'preparing') return stay(state);
  return to(state, { at: 'form', notice: state.step.notice }, { do: 'tell', event: 'b131-ready' });
}

function tokenized(state: State, result: TokenResult): Move {
  if (state.step.at !== 'form' && state.step.at !== 'preparing') return stay(state);
  const at = state.mode === 'token' ? 'tokenized' : 'held';
  return to(state, { at, result }, { do: 'clear' }, { do: 'offer', result });
}

function widgetError(state: State, spent: boolean): Move {
  const { at } = state.step;
  if (at !== 'form' && at !== 'preparing') return stay(state);
  return spent ? prepare(state, 'renewed') : { state, effects: [tellError('widget-failed')] };
}

function lost(state: State): Move {
  const { step } = state;
  if (step.at === 'preparing') return prepare(state, step.notice);
  return step.at === 'form' ? prepare(state, 'rebuilt') : stay(state);
}

function send(state: State, result: TokenResult, again: boolean): Move {
  return to(state, { at: 'sending', result }, { do: 'send', result, again });
}

/** A payout is there: show it, follow it, tell it. Telling comes last: the page may act at once. */
function enter(
  state: State,
  payout: PayoutView,
  notice: PayoutNotice | null,
  ...told: readonly Effect[]
): Move {
  const watch: readonly Effect[] = isFinal(payout.status) ? [] : [{ do: 'watch', payout }];
  const step: Step = { at: 'payout', payout, asked: null, notice };
  return to(state, step, { do: 'clear' }, ...watch, ...told, ...tellStatus(payout));
}

function status(state: State, payout: PayoutView): Move {
  const { step } = state;
  if (step.at !== 'payout' || step.payout.id !== payout.id) return stay(state);
  if (payout.version <= step.payout.version) return stay(state);
  const asked = payout.status === 'awaiting_confirmation' ? step.asked : null;
  const notice = step.notice === 'payout_in_progress' && !isFinal(payout.status) ? step.notice : null;
  return to(state, { at: 'payout', payout, asked, notice }, ...tellStatus(payout));
}

function contact(state: State, there: boolean): Move {
  const { step } = state;
  if (step.at !== 'payout' || isFinal(step.payout.status)) return stay(state);
  if (there) return step.notice === 'out_of_contact' ? to(state, { ...step, notice: null }) : stay(state);
  return to(state, { ...step, notice: 'out_of_contact' });
}

function answer(state: State, word: 'confirm' | 'cancel'): Move {
  const { step } = state;
  if (step.at !== 'payout' || !canAnswer(state)) return stay(state);
  const effect: Effect = { do: 'decide', answer: word, payout: step.payout };
  return to(state, { ...step, asked: word, notice: null }, effect);
}

/** Whether the payout waits for the recipient's word, and none is on its way. */
export function canAnswer({ step }: State): boolean {
  if (step.at !== 'payout' || step.asked !== null) return false;
  return step.payout.status === 'awaiting_confirmation' && step.payout.confirm === 'recipient';
}

function refused(state: State, code: ErrorCode, payout: PayoutView | null): Move {
  const { step } = state;
  if (step.at !== 'payout') return stay(state);
  const seen = payout === null ? { state, effects: [] } : status(state, payout);
  const { step: after } = seen.state;
  if (after.at !== 'payout') return stay(state);
  const notice = isFinal(after.payout.status) ? null : code;
  const told = tellError(code);
  return to(state, { ...after, asked: null, notice }, ...seen.effects, told);
}

interface Trouble {
  readonly code: ErrorCode;
  readonly unsure: boolean;
  readonly payout: PayoutView | null;
}

function trouble(state: State, { code, unsure, payout }: Trouble): Move {
  const { step } = state;
  const told = tellError(code);
  if (step.at === 'sending') {
    if (payout !== null) return enter(state, payout, code, told);
    const result = unsure || errorRow(code).retryable || code === 'ticket_expired' ? step.result : null;
    return to(state, { at: 'problem', code, result, unsure, early: false }, told);
  }
  if (step.at === 'payout') {
    return isFinal(step.payout.status) ? stay(state) : to(state, { ...step, notice: code }, told);
  }
  if (step.at !== 'finding' && step.at !== 'preparing') return stay(state);
  const early = step.at === 'finding';
  const effects: readonly Effect[] = early ? [{ do: 'clear' }, told] : [told];
  return to(state, { at: 'problem', code, result: null, unsure: false, early }, ...effects);
}

function again(state: State): Move {
  return canTryAnother(state) ? prepare(state, null) : stay(state);
}

/** Whether the recipient may name another account now. */
export function canTryAnother({ step }: State): boolean {
  return step.at === 'payout' && isFinal(step.payout.status) && step.payout.retryable;
}

function retry(state: State, hasTicket: boolean): Move {
  const { step, mode } = state;
  if (step.at === 'payout' && step.notice !== null)
    return to(state, step, { do: 'watch', payout: step.payout });
  if (step.at !== 'problem') return stay(state);
  return step.result === null ? begin(mode, hasTicket) : send(state, step.result, step.unsure);
}

function tellStatus(payout: PayoutView): readonly Effect[] {
  const { event } = statusTable[payout.status];
  const status: Effect = { do: 'tell', event: 'b131-status', payout };
  return event === null ? [status] : [status, { do: 'tell', event, payout }];
}

function tellError(code: ErrorCode): Effect {
  return { do: 'tell', event: 'b131-error', code, retryable: errorRow(code).retryable };
}
