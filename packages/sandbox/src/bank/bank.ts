import type { Clock } from '../time/clock.js';
import type { Stamp } from '../time/stamp.js';
import { maskAccount } from './account.js';
import { maskCard } from './card.js';
import type { Destination, Fault, Movement, Payout, PayoutOrder, Session, Version } from './model.js';
import { invalidRequest, Refusal } from './model.js';
import { type Outcome, outcomeOf } from './outcomes.js';
import * as states from './session.js';
import type { Settings } from './settings.js';

/** documented: Webhooks (the three that payouts send). */
export type WebhookType = 'ready_to_confirm' | 'payment_finished' | 'payment_refunded';

/** What the bank needs from outside and whom it tells. */
export interface BankParts {
  readonly clock: Clock;
  readonly stamp: Stamp;
  readonly settings: Settings;
  /** A session has changed. */
  onState(session: Session): void;
  onMovement(movement: Movement): void;
  onWebhook(type: WebhookType, session: Session): void;
}

/** A session after a call, and whether the answer to the call gets lost on its way. */
export interface Effect {
  readonly session: Session;
  readonly answerLost: boolean;
}

/** Moment of a past state; `session/status` of a lagging bank reads these. */
interface PastState {
  readonly at: number;
  readonly session: Session;
}

const PAST_STATES = 20;
/** Ids grow from the moment the bank was opened, so that a restarted sandbox does not give old ids again. */
const ID_EPOCH = Date.UTC(2024, 0, 1);

/** Sessions, payouts and money of one project: does what is called and, by its clock, what is due. */
export class Bank {
  readonly #parts: BankParts;
  readonly #pasts = new Map<string, PastState[]>();
  readonly #timers = new Map<string, unknown>();
  readonly #held = new Map<string, number>();
  readonly #ledger: Movement[] = [];
  #lastId: number;

  constructor(parts: BankParts) {
    this.#parts = parts;
    this.#lastId = Math.max(0, Math.floor((parts.clock.now() - ID_EPOCH) / 10));
  }

  // What partners call.

  create(version: Version, order: PayoutOrder): Session {
    return this.#save(states.opened(this.#id('ps'), version, order, this.#parts.stamp()));
  }

  /** @throws Refusal `session_wrong_state` | `invalid_request` | `operation_rejected` | `insufficient_wallet_balance` */
  start(id: string, order: PayoutOrder): Effect {
    const session = this.#session(id);
    if (!states.mayStart(session, this.#personality.lateStartOnCancelled)) throw wrongState('started');
    const complete = completeOrder({ ...session.order, ...order });
    const outcome = outcomeOf(complete.destination);
    this.#refuseAtStart(outcome, complete.amount);
    const at = this.#parts.stamp();
    const next = this.#save(states.started(session, this.#payout(complete, at), at));
    if (outcome !== 'never_ready') this.#after(this.#settings.processingMs, id, () => this.#process(id));
    return { session: next, answerLost: outcome === 'start_answer_lost' };
  }

  /** `session/init/payout`: create and start in one. */
  init(version: Version, order: PayoutOrder): Effect {
    const complete = completeOrder(order);
    this.#refuseAtStart(outcomeOf(complete.destination), complete.amount);
    return this.start(this.create(version, order).id, {});
  }

  /** @throws Refusal `session_wrong_state` */
  confirm(id: string): Effect {
    const session = this.#session(id);
    if (!states.mayConfirm(session)) throw wrongState('confirmed');
    return { session: this.#proceed(session), answerLost: this.#outcome(session) === 'confirm_answer_lost' };
  }

  /** @throws Refusal `session_wrong_state` */
  cancel(id: string): Session {
    const session = this.#session(id);
    if (!states.mayCancel(session)) throw wrongState('cancelled');
    if (!states.lastPayout(session)) return this.#save(states.cancelled(session, this.#parts.stamp()));
    if (this.#personality.cancelLosesRace) return this.#proceed(session);
    return this.#fail(session, CANCELLED, this.#personality.webhookOnCancel);
  }

  /** The session as `session/status` tells it: now, or as it was `statusLagMs` ago. */
  status(id: string): Session {
    const current = this.#session(id);
    const asOf = this.#parts.clock.now() - this.#personality.statusLagMs;
    const past = this.#pasts.get(id) ?? [];
    return past.findLast((state) => state.at <= asOf)?.session ?? past.at(0)?.session ?? current;
  }

  // What the desk asks.

  /** Money that can still be paid out, minor units: the wallet without what is held for payouts under way. */
  available(): number {
    return this.#settings.walletBalance - [...this.#held.values()].reduce((sum, amount) => sum + amount, 0);
  }

  sessions(): Session[] {
    return [...this.#pasts.keys()].map((id) => this.#session(id));
  }

  knows(id: string): boolean {
    return this.#pasts.has(id);
  }

  find(id: string): Session | undefined {
    return this.#pasts.get(id)?.at(-1)?.session;
  }

  ledger(): Movement[] {
    return [...this.#ledger];
  }

  /** Stops all timers: nothing is due any more. */
  close(): void {
    for (const timer of this.#timers.values()) this.#parts.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  // What comes due.

  /** First stage over: the payout fails, waits for confirmation or, with auto-confirmation, goes on. */
  #process(id: string): void {
    const session = this.#session(id);
    if (this.#outcome(session) === 'account_not_found') return void this.#fail(session, ACCOUNT_NOT_FOUND);
    const { amount } = payoutOf(session);
    if (amount > this.available()) return void this.#fail(session, LOW_BALANCE);
    this.#held.set(id, amount);
    if (this.#personality.autoConfirm) this.#secondStage(session);
    else this.#await(session);
  }

  /** Asks for confirmation, and gives up after a while. */
  #await(session: Session): void {
    const waiting = this.#save(states.readied(session, this.#parts.stamp()));
    const giveUp = () => this.#fail(this.#session(session.id), CONFIRM_TIMEOUT);
    this.#after(this.#patience(session), session.id, giveUp);
    this.#parts.onWebhook('ready_to_confirm', waiting);
  }

  /** Confirmed: on to the second stage. */
  #proceed(session: Session): Session {
    this.#stopTimer(session.id);
    const next = this.#save(states.confirmed(session, this.#parts.stamp()));
    this.#secondStage(next);
    return next;
  }

  /** The work that ends with money moving, for those that come to an end. */
  #secondStage(session: Session): void {
    if (this.#outcome(session) === 'hangs_after_confirm') return;
    this.#after(this.#settings.processingMs, session.id, () => this.#finish(session.id));
  }

  /** Second stage over: money moves, or not. */
  #finish(id: string): void {
    const session = this.#session(id);
    if (this.#outcome(session) === 'fails_after_confirm') return void this.#fail(session, PROVIDER_FAULT);
    if (this.#personality.errorThenSuccess && session.status !== 'error') this.#stumble(session);
    else this.#pay(session);
  }

  /** Through `error`, and to the end of the second stage once more. */
  #stumble(session: Session): void {
    this.#save(states.stumbled(session, this.#parts.stamp()));
    this.#after(this.#settings.processingMs, session.id, () => this.#finish(session.id));
  }

  #pay(session: Session): void {
    this.#held.delete(session.id);
    const at = this.#parts.stamp();
    const paid = this.#save(states.succeeded(session, at));
    this.#move(paid, 'paid', at);
    this.#parts.onWebhook('payment_finished', paid);
    if (this.#outcome(session) !== 'returned') return;
    this.#after(this.#settings.returnAfterMs, session.id, () => this.#return(session.id));
  }

  /** The recipient's bank sends all of it back. */
  #return(id: string): void {
    const session = this.#session(id);
    const at = this.#parts.stamp();
    const { amount } = payoutOf(session);
    const refund = {
      id: this.#id('rf'),
      status: 'accepted',
      created_at: at,
      finished_at: at,
      amount,
    } as const;
    const next = this.#save(states.returned(session, refund, at));
    this.#move(next, 'returned', at);
    this.#parts.onWebhook('payment_refunded', next);
  }

  #fail(session: Session, error: Fault, tell = true): Session {
    this.#stopTimer(session.id);
    this.#held.delete(session.id);
    const sessionStatus = CANCELLING.has(error) ? 'cancelled' : this.#personality.failedSessionStatus;
    const next = this.#save(states.failed(session, error, this.#parts.stamp(), sessionStatus));
    if (tell) this.#parts.onWebhook('payment_finished', next);
    return next;
  }

  // How it is done.

  get #settings(): Settings {
    return this.#parts.settings;
  }

  get #personality(): Settings['personality'] {
    return this.#parts.settings.personality;
  }

  #session(id: string): Session {
    const session = this.find(id);
    if (!session) throw invalidRequest('session_id: there is no such session');
    return session;
  }

  #save(session: Session): Session {
    const past = this.#pasts.get(session.id) ?? [];
    past.push({ at: this.#parts.clock.now(), session });
    if (past.length > PAST_STATES) past.shift();
    this.#pasts.set(session.id, past);
    this.#parts.onState(session);
    return session;
  }

  #outcome(session: Session): Outcome {
    return outcomeOf(payoutOf(session).destination);
  }

  #patience(session: Session): number {
    const short = this.#outcome(session) === 'confirmation_runs_out';
    return short ? this.#settings.shortConfirmTimeoutMs : this.#settings.confirmTimeoutMs;
  }

  #refuseAtStart(outcome: Outcome, amount: number): void {
    if (outcome === 'start_refused') throw new Refusal(REJECTED.code, REJECTED.description);
    if (this.#personality.lowBalance === 'refused' && amount > this.available()) {
      throw new Refusal(LOW_BALANCE.code, LOW_BALANCE.description);
    }
  }

  #payout(order: CompleteOrder, at: string): Payout {
    return { ...order, id: this.#id('po'), status: 'in_progress', created_at: at, refunds: [] };
  }

  #move(session: Session, kind: Movement['kind'], at: string): void {
    const payout = payoutOf(session);
    if (kind === 'paid') this.#settings.walletBalance -= payout.amount;
    else this.#settings.walletBalance += payout.amount;
    const movement: Movement = {
      payout_id: payout.id,
      session_id: session.id,
      amount: payout.amount,
      currency: 'RUB',
      ...maskOf(payout.destination),
      metadata: payout.metadata ?? null,
      at,
      kind,
    };
    this.#ledger.push(movement);
    this.#parts.onMovement(movement);
  }

  #after(ms: number, id: string, step: () => unknown): void {
    this.#stopTimer(id);
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(id);
      step();
    }, ms);
    this.#timers.set(id, timer);
  }

  #stopTimer(id: string): void {
    this.#parts.clock.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #id(prefix: 'ps' | 'po' | 'rf'): string {
    this.#lastId += 1;
    return `${prefix}_${this.#lastId}`;
  }
}

/** The account, card or phone as it may be shown. */
export function maskOf(
  destination: Destination,
): Pick<Movement, 'masked_account' | 'masked_card' | 'masked_phone'> {
  if (destination.kind === 'card') return { masked_card: maskCard(destination.number) };
  if (destination.kind === 'fps') return { masked_phone: maskAccount(destination.phone) };
  return { masked_account: maskAccount(destination.account) };
}

type CompleteOrder = PayoutOrder & { readonly destination: Destination; readonly amount: number };

/** What was not given at `session/create` has to be given at `session/start/payout`. */
function completeOrder(order: PayoutOrder): CompleteOrder {
  const { destination, amount } = order;
  if (!destination)
    throw invalidRequest('payout_details (v1: payment_method): needed at session/create or here');
  if (amount === undefined) throw invalidRequest('amount_details: needed at session/create or here');
  return { ...order, destination, amount };
}

function payoutOf(session: Session): Payout {
  const payout = states.lastPayout(session);
  if (!payout) throw new Error(`session ${session.id} has no payout`);
  return payout;
}

function wrongState(step: string): Refusal {
  return new Refusal('session_wrong_state', `The session cannot be ${step} in its present state`);
}

const REJECTED: Fault = { code: 'operation_rejected', description: 'Operation rejected by security rules' };
const ACCOUNT_NOT_FOUND: Fault = { code: 'account_not_found', description: 'Account not found' };
const PROVIDER_FAULT: Fault = { code: 'provider_internal_error', description: 'Provider internal error' };
const LOW_BALANCE: Fault = {
  code: 'insufficient_wallet_balance',
  description: 'Insufficient wallet balance',
};
const CONFIRM_TIMEOUT: Fault = {
  code: 'confirm_timeout',
  description: 'The payout was not confirmed in time and is cancelled',
};
const CANCELLED: Fault = {
  code: 'session_cancelled_by_partner',
  description: 'The session was cancelled by the partner',
};
/** Faults that end the session itself. */
const CANCELLING = new Set([CONFIRM_TIMEOUT, CANCELLED]);
