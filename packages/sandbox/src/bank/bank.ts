import type { Clock } from '../time/clock.js';
import { bankTime, type Stamp } from '../time/stamp.js';
import { accountProblem, maskAccount } from './account.js';
import { maskCard } from './card.js';
import { cancelsSession, causeOf } from './causes.js';
import type {
  Destination,
  Fault,
  Movement,
  Payout,
  PayoutOrder,
  Refund,
  Session,
  Version,
  WebhookType,
} from './model.js';
import { invalidRequest, Refusal } from './model.js';
import { type Outcome, outcomeOf } from './outcomes.js';
import * as states from './session.js';
import type { Settings } from './settings.js';

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

/** What the bank will do to a session by itself, and when (ms since 1970). One at a time. */
interface Due {
  readonly step: DueStep;
  readonly at: number;
}
type DueStep = 'process' | 'give_up' | 'finish' | 'return';

/** What somebody at the desk may do to a payout in the bank's place. */
export const HAND_STEPS = ['ready', 'confirm', 'cancel', 'succeed', 'fail', 'return'] as const;
export type HandStep = (typeof HAND_STEPS)[number];

/** Everything a bank knows, as plain data: for a file. */
export interface BankMemory {
  readonly sessions: readonly Session[];
  readonly ledger: readonly Movement[];
  readonly held: readonly (readonly [string, number])[];
  readonly dues: readonly (readonly [string, Due])[];
  readonly lastId: number;
}

const PAST_STATES = 20;
/** Ids grow from the moment the bank was opened, so that a restarted sandbox does not give old ids again. */
const ID_EPOCH = Date.UTC(2024, 0, 1);

/** Sessions, payouts and money of one project: does what is called and, by its clock, what is due. */
export class Bank {
  readonly #parts: BankParts;
  readonly #pasts = new Map<string, PastState[]>();
  readonly #timers = new Map<string, { readonly due: Due; readonly timer: unknown }>();
  readonly #ordinals = new Map<string, number>();
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
    if (!states.mayStart(session, this.#personality.lateStartOnCancelled))
      throw wrongState('started', session);
    const complete = completeOrder({ ...session.order, ...order });
    const outcome = outcomeOf(complete.destination);
    this.#refuseAtStart(outcome, complete.amount);
    const at = this.#parts.stamp();
    const next = this.#save(states.started(session, this.#payout(complete, at), at));
    if (outcome !== 'never_ready') this.#after(this.#settings.processingMs, id, 'process');
    return { session: next, answerLost: outcome === 'start_answer_lost' };
  }

  /** `session/init/payout`: create and start in one. */
  init(version: Version, order: PayoutOrder): Effect {
    const complete = completeOrder(order);
    this.#refuseAtStart(outcomeOf(complete.destination), complete.amount);
    return this.start(this.create(version, order).id, {});
  }

  /** `fps/customer_verification`: no money, no confirmation; assumed: it ends as a payout does. */
  verify(version: Version, order: PayoutOrder): Session {
    const session = this.create(version, order);
    const complete = completeOrder({ ...order, amount: 0 });
    const at = this.#parts.stamp();
    const next = this.#save(states.started(session, this.#payout(complete, at), at));
    this.#after(this.#settings.processingMs, session.id, 'finish');
    return next;
  }

  /** @throws Refusal `session_wrong_state` */
  confirm(id: string): Effect {
    const session = this.#session(id);
    if (!states.mayConfirm(session)) throw wrongState('confirmed', session);
    return { session: this.#proceed(session), answerLost: this.#outcome(session) === 'confirm_answer_lost' };
  }

  /** @throws Refusal `session_wrong_state` */
  cancel(id: string): Session {
    const session = this.#session(id);
    if (!states.mayCancel(session, this.#personality.cancelWhileProcessing))
      throw wrongState('cancelled', session);
    if (!states.lastPayout(session)) return this.#save(states.cancelled(session, this.#parts.stamp()));
    if (this.#personality.cancelLosesRace) return this.#proceed(session);
    return this.#fail(session, CANCELLED, this.#personality.webhookOnCancel);
  }

  // What the desk does in the bank's place.

  /** What may be done by hand to a session as it is now. */
  stepsFor(session: Session): HandStep[] {
    const payout = states.lastPayout(session);
    if (!payout) return session.status === 'created' ? ['cancel'] : [];
    if (payout.status === 'succeeded') return this.#returnable(payout) > 0 ? ['return'] : [];
    if (payout.status === 'failed') return [];
    if (session.next_action === 'confirm') return ['confirm', 'cancel', 'succeed', 'fail'];
    const ready = payout.destination.kind !== 'fps_check' && !this.#held.has(session.id);
    return ready ? ['ready', 'succeed', 'fail'] : ['succeed', 'fail'];
  }

  /** Waits for confirmation now. Ask `stepsFor` before each of these. */
  makeReady(id: string): Session {
    const session = this.#session(id);
    this.#stopTimer(id);
    this.#held.set(id, payoutOf(session).amount);
    this.#await(session);
    return this.#session(id);
  }

  /** Money moves now, whatever the account's ending says. */
  succeedNow(id: string): Session {
    this.#stopTimer(id);
    const session = this.#session(id);
    const waiting = session.next_action === 'confirm';
    this.#pay(waiting ? this.#save(states.confirmed(session, this.#parts.stamp())) : session);
    return this.#session(id);
  }

  failNow(id: string, code: string): Session {
    return this.#fail(this.#session(id), causeOf(code));
  }

  /** The recipient's bank sends back `amount`, or all that is left; minor units. */
  giveBack(id: string, amount = this.leftToReturn(id)): Session {
    this.#stopTimer(id);
    this.#return(id, amount);
    return this.#session(id);
  }

  /** Of a paid payout, minor units. */
  leftToReturn(id: string): number {
    const payout = states.lastPayout(this.#session(id));
    return payout ? this.#returnable(payout) : 0;
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

  /** 1 for the first session of this bank. Ids change from run to run, this does not. */
  ordinalOf(id: string): number | undefined {
    return this.#ordinals.get(id);
  }

  find(id: string): Session | undefined {
    return this.#pasts.get(id)?.at(-1)?.session;
  }

  ledger(): Movement[] {
    return [...this.#ledger];
  }

  /** Stops all timers: nothing is due any more. */
  close(): void {
    for (const { timer } of this.#timers.values()) this.#parts.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  /** All it knows. Past states, which only a lagging `session/status` reads, are left out. */
  memory(): BankMemory {
    return {
      sessions: this.sessions(),
      ledger: this.ledger(),
      held: [...this.#held],
      dues: [...this.#timers].map(([id, { due }]) => [id, due] as const),
      lastId: this.#lastId,
    };
  }

  /** Goes on from what another bank knew; what came due in between happens at once. */
  remember({ sessions, ledger, held, dues, lastId }: BankMemory): void {
    const now = this.#parts.clock.now();
    for (const session of sessions) this.#keep(session, Date.parse(session.updated_at));
    for (const [id, amount] of held) this.#held.set(id, amount);
    this.#ledger.push(...ledger);
    this.#lastId = Math.max(this.#lastId, lastId);
    for (const [id, { step, at }] of dues) this.#after(Math.max(0, at - now), id, step);
  }

  // What comes due.

  /** First stage over: the payout fails, waits for confirmation or, with auto-confirmation, goes on. */
  #process(id: string): void {
    const session = this.#session(id);
    const { amount, destination } = payoutOf(session);
    if (this.#outcome(session) === 'account_not_found' || goesNowhere(destination)) {
      return void this.#fail(session, ACCOUNT_NOT_FOUND);
    }
    if (amount > this.available()) return void this.#fail(session, LOW_BALANCE);
    this.#held.set(id, amount);
    if (this.#personality.autoConfirm) this.#secondStage(session);
    else this.#await(session);
  }

  /** Asks for confirmation, and gives up after a while. */
  #await(session: Session): void {
    const patience = this.#patience(session);
    const deadline = bankTime(this.#parts.clock.now() + patience);
    const waiting = this.#save(states.readied(session, this.#parts.stamp(), deadline));
    this.#after(patience, session.id, 'give_up');
    this.#parts.onWebhook('ready_to_confirm', waiting);
  }

  /** Confirmed: on to the second stage. */
  #proceed(session: Session): Session {
    this.#stopTimer(session.id);
    const { confirmedPayoutStatus } = this.#personality;
    const next = this.#save(states.confirmed(session, this.#parts.stamp(), confirmedPayoutStatus));
    this.#secondStage(next);
    return next;
  }

  /** The work that ends with money moving, for those that come to an end. */
  #secondStage(session: Session): void {
    if (this.#outcome(session) === 'hangs_after_confirm') return;
    this.#after(this.#settings.processingMs, session.id, 'finish');
  }

  /** Second stage over: money moves, or not. */
  #finish(id: string): void {
    const session = this.#session(id);
    if (payoutOf(session).destination.kind === 'fps_check') return void this.#answerCheck(session);
    if (this.#outcome(session) === 'fails_after_confirm') return void this.#fail(session, PROVIDER_FAULT);
    if (this.#personality.errorThenSuccess && session.status !== 'error') this.#stumble(session);
    else this.#pay(session);
  }

  /** Through `error`, and to the end of the second stage once more. */
  #stumble(session: Session): void {
    this.#save(states.stumbled(session, this.#parts.stamp()));
    this.#after(this.#settings.processingMs, session.id, 'finish');
  }

  #answerCheck(session: Session): void {
    if (this.#outcome(session) === 'account_not_found') return void this.#fail(session, ACCOUNT_NOT_FOUND);
    const known = this.#save(states.succeeded(session, this.#parts.stamp()));
    this.#parts.onWebhook('payment_finished', known);
  }

  #pay(session: Session): void {
    if (payoutOf(session).destination.kind === 'fps_check') {
      this.#answerCheck(session);
      return;
    }
    this.#held.delete(session.id);
    const at = this.#parts.stamp();
    const paid = this.#save(states.succeeded(session, at));
    this.#move(paid, 'paid', at, payoutOf(paid).amount);
    this.#parts.onWebhook('payment_finished', paid);
    if (this.#returnOf(paid) > 0) this.#after(this.#settings.returnAfterMs, session.id, 'return');
  }

  /** How much of a payout comes back by itself, minor units. */
  #returnOf(session: Session): number {
    const payout = payoutOf(session);
    const outcome = this.#outcome(session);
    const all = this.#returnable(payout);
    if (outcome === 'returned') return all;
    return outcome === 'returned_in_part' ? Math.floor(all / 2) : 0;
  }

  /** What can still come back. documented: payouts by FPS are not returned. */
  #returnable({ amount, refunds, destination }: Payout): number {
    if ('phone' in destination) return 0;
    return amount - refunds.reduce((sum, refund) => sum + refund.amount, 0);
  }

  /** The recipient's bank sends money back. */
  #return(id: string, amount: number): void {
    const session = this.#session(id);
    const at = this.#parts.stamp();
    const refund: Refund = {
      id: this.#id('rf'),
      status: 'accepted',
      created_at: at,
      finished_at: at,
      amount,
    };
    const next = this.#save(states.returned(session, refund, at));
    this.#move(next, 'returned', at, amount);
    this.#parts.onWebhook('payment_refunded', next);
  }

  #fail(session: Session, error: Fault, tell = true): Session {
    this.#stopTimer(session.id);
    this.#held.delete(session.id);
    const sessionStatus = cancelsSession(error) ? 'cancelled' : this.#personality.failedSessionStatus;
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
    if (session) return session;
    throw new Refusal(this.#personality.unknownSessionCode, 'session_id: there is no such session');
  }

  #save(session: Session): Session {
    this.#keep(session, this.#parts.clock.now());
    this.#parts.onState(session);
    return session;
  }

  #keep(session: Session, at: number): void {
    const past = this.#pasts.get(session.id) ?? [];
    if (past.length === 0) this.#ordinals.set(session.id, this.#ordinals.size + 1);
    past.push({ at, session });
    if (past.length > PAST_STATES) past.shift();
    this.#pasts.set(session.id, past);
  }

  #outcome(session: Session): Outcome {
    return outcomeOf(payoutOf(session).destination);
  }

  #patience(session: Session): number {
    const short = this.#outcome(session) === 'confirmation_runs_out';
    return short ? this.#settings.shortConfirmTimeoutMs : this.#settings.confirmTimeoutMs;
  }

  #refuseAtStart(outcome: Outcome, amount: number): void {
    if (outcome === 'start_refused') throw new Refusal(REJECTED.code, REJECTED.description, ENDS_IN_95);
    if (this.#personality.lowBalance === 'refused' && amount > this.available()) {
      const hint = `The wallet can still pay ${this.available()} kopecks, the payout is ${amount}: raise walletBalance.`;
      throw new Refusal(LOW_BALANCE.code, LOW_BALANCE.description, hint);
    }
  }

  #payout(order: CompleteOrder, at: string): Payout {
    return { ...order, id: this.#id('po'), status: 'in_progress', created_at: at, refunds: [] };
  }

  #move(session: Session, kind: Movement['kind'], at: string, amount: number): void {
    const payout = payoutOf(session);
    this.#settings.walletBalance += kind === 'paid' ? -amount : amount;
    const movement: Movement = {
      payout_id: payout.id,
      session_id: session.id,
      amount,
      currency: 'RUB',
      ...maskOf(payout.destination),
      metadata: payout.metadata ?? null,
      at,
      kind,
    };
    this.#ledger.push(movement);
    this.#parts.onMovement(movement);
  }

  #after(ms: number, id: string, step: DueStep): void {
    this.#stopTimer(id);
    const { clock } = this.#parts;
    const due = { step, at: clock.now() + ms };
    const timer = clock.setTimeout(() => {
      this.#timers.delete(id);
      this.#comeDue(id, step);
    }, ms);
    this.#timers.set(id, { due, timer });
  }

  #comeDue(id: string, step: DueStep): void {
    if (step === 'process') this.#process(id);
    else if (step === 'finish') this.#finish(id);
    else if (step === 'give_up') this.#fail(this.#session(id), CONFIRM_TIMEOUT);
    else this.#return(id, this.#returnOf(this.#session(id)));
  }

  #stopTimer(id: string): void {
    this.#parts.clock.clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
  }

  #id(prefix: 'ps' | 'po' | 'rf'): string {
    this.#lastId += 1;
    return `${prefix}_${this.#lastId}`;
  }
}

/** documented: a payout to an account of another kind fails. */
function goesNowhere(destination: Destination): boolean {
  return destination.kind === 'bank_account' && accountProblem(destination.bik, destination.account) !== null;
}

/** The account, card or phone as it may be shown. */
export function maskOf(
  destination: Destination,
): Pick<Movement, 'masked_account' | 'masked_card' | 'masked_phone'> {
  if (destination.kind === 'card') return { masked_card: maskCard(destination.number) };
  if ('phone' in destination) return { masked_phone: maskAccount(destination.phone) };
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

/** documented code; the description and the reason for the desk are ours. */
function wrongState(step: string, session: Session): Refusal {
  const { status, next_action } = session;
  const payout = states.lastPayout(session);
  const now = [
    `session ${status}`,
    payout ? `payout ${payout.status}` : 'no payout',
    next_action ? `next_action ${next_action}` : 'no next_action',
  ];
  const hint = `It cannot be ${step} as it is now: ${now.join(', ')}. ${ADVICE[step] ?? ''}`;
  const description = `The session cannot be ${step} in its present state`;
  return new Refusal('session_wrong_state', description, hint.trim());
}

const ADVICE: Readonly<Record<string, string>> = {
  started: 'A session is started once; ask session/status what became of the first start.',
  confirmed: 'Confirm only while next_action is confirm.',
  cancelled: 'A session is cancelled before its start, or while next_action is confirm.',
};

const ENDS_IN_95 =
  'The number ends in 95: the sandbox refuses such a start, and the session stays created. Take another ending.';

const REJECTED = causeOf('operation_rejected');
const ACCOUNT_NOT_FOUND = causeOf('account_not_found');
const PROVIDER_FAULT = causeOf('provider_internal_error');
const LOW_BALANCE = causeOf('insufficient_wallet_balance');
const CONFIRM_TIMEOUT = causeOf('confirm_timeout');
const CANCELLED = causeOf('session_cancelled_by_partner');
