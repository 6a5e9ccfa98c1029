import { isFinal, type PayoutView } from '../bff/payout.js';
import { type Line, type Refusal, refusalsOf, type Scene, scenesOf } from './script.js';

/** What the ticket says: who is paid what. */
export interface Owed {
  readonly ref: string;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
}

/** One payout that plays a script: plain state, and a clock that moves it from line to line. */
export class Story {
  readonly owed: Owed;
  readonly #pace: number;
  readonly #refusals: Refusal[];
  readonly #watchers = new Set<(payout: PayoutView) => void>();
  readonly #byRecipient: boolean;
  #scenes: (Scene | 'hold')[];
  #payout: PayoutView | null = null;
  #token: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `pace`: milliseconds between two lines. */
  constructor(owed: Owed, script: readonly Line[], pace: number) {
    this.owed = owed;
    this.#pace = pace;
    this.#scenes = scenesOf(script);
    this.#refusals = refusalsOf(script);
    this.#byRecipient = this.#scenes.some((scene) => isReview(scene));
  }

  get payout(): PayoutView | null {
    return this.#payout;
  }

  /** The code that the script has for this call, once. */
  refusal(call: Refusal['refuse']): string | null {
    const at = this.#refusals.findIndex(({ refuse }) => refuse === call);
    return at < 0 ? null : (this.#refusals.splice(at, 1)[0]?.code ?? null);
  }

  /**
   * Starts the payout, or its next attempt. The same token again is the same payout; null when another one lives, or when
   * `attempt` is not the next one.
   */
  start(token: string, attempt: number): PayoutView | null {
    const { payout } = this;
    if (payout !== null && token === this.#token) return payout;
    if (payout !== null && !(isFinal(payout.status) && payout.retryable)) return null;
    if (attempt !== (payout?.attempt ?? 0) + 1) return null;
    this.#token = token;
    this.#show({
      status: 'created',
      attempt,
      error: null,
      retryable: false,
      destination: destinationOf(token),
    });
    this.#goOn();
    return this.payout;
  }

  /** The recipient's word. Null when nobody waits for it. */
  answer(word: 'confirm' | 'cancel'): PayoutView | null {
    if (this.payout?.status !== 'awaiting_confirmation') return null;
    if (word === 'cancel')
      this.#scenes = [{ status: 'cancelled', retryable: true }, ...this.#afterThisAttempt()];
    else if (this.#scenes[0] !== 'hold' && this.#scenes[0]?.status === 'confirming') this.#scenes.shift();
    this.#show({ status: word === 'confirm' ? 'confirming' : 'cancelling' });
    this.#goOn();
    return this.payout;
  }

  /** Goes on after a `hold`. */
  go(): void {
    if (this.#scenes[0] === 'hold') this.#scenes.shift();
    this.#goOn();
  }

  /** Tells of every change until the returned function is called. */
  watch(tell: (payout: PayoutView) => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#play(), this.#pace);
  }

  /** One line. What waits for the recipient, or for `go()`, stops the clock. */
  #play(): void {
    const [scene] = this.#scenes;
    if (scene === undefined || scene === 'hold') return;
    this.#scenes.shift();
    this.#show(scene);
    const rests = isFinal(scene.status) || (isReview(scene) && this.#byRecipient);
    if (!rests) this.#goOn();
  }

  #show(change: Partial<PayoutView>): void {
    const now = new Date().toISOString();
    const before = this.#payout ?? blank(this.owed);
    this.#payout = {
      ...before,
      confirm: this.#byRecipient ? 'recipient' : 'automatic',
      finishedAt: change.status && isFinal(change.status) ? now : null,
      ...change,
      updatedAt: now,
      version: before.version + 1,
    };
    for (const tell of this.#watchers) tell(this.#payout);
  }

  #afterThisAttempt(): (Scene | 'hold')[] {
    const end = this.#scenes.findIndex((scene) => scene !== 'hold' && isFinal(scene.status));
    return end < 0 ? [] : this.#scenes.slice(end + 1);
  }
}

function isReview(scene: Scene | 'hold'): boolean {
  return scene !== 'hold' && scene.status === 'awaiting_confirmation' && scene.confirm !== 'automatic';
}

function blank(owed: Owed): PayoutView {
  const now = new Date().toISOString();
  return {
    ...owed,
    id: 'po_fake',
    status: 'created',
    version: 0,
    attempt: 0,
    destination: { kind: 'bank_account', masked: null },
    confirm: 'automatic',
    error: null,
    retryable: false,
    confirmBy: null,
    returnedAmount: 0,
    createdAt: now,
    updatedAt: now,
    finishedAt: null,
  };
}

/** The fake widget's tokens carry the masked account behind a colon. */
function destinationOf(token: string): PayoutView['destination'] {
  const [kind, masked] = token.split(':');
  return { kind: kind === 'card' ? 'card' : 'bank_account', masked: masked ?? null };
}
