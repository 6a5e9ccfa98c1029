import { type BffClient, createBffClient } from '../bff/client.js';
import { isFinal, type PayoutView } from '../bff/payout.js';
import { BffError } from '../bff/problem.js';
import { watchPayout } from '../bff/watch.js';
import { B131ErrorEvent } from '../events/error.js';
import { B131FailureEvent } from '../events/failure.js';
import { B131ReadyEvent } from '../events/ready.js';
import { B131StatusEvent } from '../events/status.js';
import { B131SuccessEvent } from '../events/success.js';
import { B131TokenEvent } from '../events/token.js';
import type { Grant } from '../frame/protocol.js';
import type { TokenResult } from '../widget/result/read.js';
import { WidgetStage } from '../widget/stage.js';
import { codeOf, isUnsure } from './code.js';
import type { FlowHost } from './host.js';
import { type Effect, type Input, next, start } from './next.js';
import { startPayout } from './recover.js';
import { type Mode, moneyInFlight, type State } from './state.js';
import { steadily } from './steadily.js';
import { Tickets } from './tickets.js';

/** Runs the flow of one element: feeds inputs to the pure machine and does what it says. */
export class Flow {
  readonly #host: FlowHost;
  readonly #tickets: Tickets;
  readonly #stage: WidgetStage;
  #state: State = start;
  #work = new AbortController();
  #watching = new AbortController();
  /** Where this payout lives. Another endpoint is of interest from the next beginning on: it gets no token of this one. */
  #client: BffClient;
  #viewToken = '';
  #lastAttempt = 0;

  constructor(host: FlowHost) {
    this.#host = host;
    this.#client = createBffClient('');
    this.#tickets = new Tickets(
      () => host.settings(),
      () => host.show(),
    );
    this.#stage = new WidgetStage(host, {
      tokenized: (result) => this.feed({ type: 'tokenized', result }),
      failed: (spent) => this.#dropOr(() => this.feed({ type: 'widget-error', spent })),
      forged: () => this.feed({ type: 'forged' }),
      stale: () => this.#dropOr(() => this.feed({ type: 'stale' })),
      lost: () => this.#dropOr(() => this.feed({ type: 'lost' })),
      freed: () => this.#dropOr(() => this.#tryAgainAfter('busy')),
    });
  }

  get state(): State {
    return this.#state;
  }

  /** The ticket in use, for what can be shown of it. */
  get ticket(): string | null {
    return this.#tickets.current;
  }

  /** Puts an input through the machine. False when it changed nothing and asked for nothing. */
  feed(input: Input): boolean {
    const { state, effects } = next(this.#state, input);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#host.show();
    for (const effect of effects) this.#run(effect);
    return changed || effects.length > 0;
  }

  begin(mode: Mode): void {
    this.#renew();
    this.feed({ type: 'begin', mode, hasTicket: this.#canAsk });
  }

  /** The page has set another way to get a ticket or public token: of interest only while there was none. */
  newSource(): void {
    if (this.#state.step.at === 'waiting') this.newTicket();
  }

  /** The page has set another ticket. */
  newTicket(): void {
    if (!this.#canAsk) return;
    if (!moneyInFlight(this.#state)) this.#renew();
    this.feed({ type: 'ticket' });
  }

  reset(): boolean {
    if (moneyInFlight(this.#state)) return false;
    this.#renew();
    return this.feed({ type: 'reset', hasTicket: this.#canAsk });
  }

  retry(): boolean {
    const { step } = this.#state;
    if (step.at === 'problem' && !step.unsure) this.#renew();
    return this.feed({ type: 'retry', hasTicket: this.#canAsk });
  }

  /** Stops everything: the element has left the page. A payout goes on without us. */
  stop(): void {
    this.#run({ do: 'clear' });
    this.#run({ do: 'unwatch' });
    this.#state = { ...start, mode: this.#state.mode };
  }

  /** The element was moved within the page: its form goes along where it can, and is drawn anew where not. */
  moved(): void {
    if (!this.#stage.inPlace) this.#dropOr(() => this.feed({ type: 'lost' }));
  }

  /** The language has changed: an untouched form is drawn anew in it. */
  relocate(): void {
    if (this.#state.step.at === 'form') this.#stage.speak(this.#host.settings().locale);
  }

  /** Brings the focus into the bank's form. False while there is none. */
  focusForm(): boolean {
    if (this.#state.step.at !== 'form') return false;
    this.#stage.focus();
    return true;
  }

  /** The browser has a network again. */
  online(): void {
    this.#tryAgainAfter('offline');
  }

  /** The element was adopted into another document: its payout is followed there. */
  adopted(): void {
    const { step } = this.#state;
    if (step.at === 'payout' && !isFinal(step.payout.status)) this.#watch(step.payout);
  }

  /** What the page has set by now counts from here on. */
  #renew(): void {
    this.#tickets.forget();
    this.#client = createBffClient(this.#host.settings().endpoint);
  }

  get #canAsk(): boolean {
    const { getPublicToken } = this.#host.settings();
    return this.#tickets.available || getPublicToken !== null;
  }

  #tryAgainAfter(code: 'busy' | 'offline'): void {
    const { step } = this.#state;
    if (step.at === 'problem' && step.code === code) this.retry();
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'find':
        this.#attempt((signal) => this.#find(signal));
        break;
      case 'draw-ahead':
        if (this.#client.endpoint !== '') this.#draw().catch(() => {}); // told once the form is wanted
        break;
      case 'prepare':
        this.#attempt(() => this.#prepare());
        break;
      case 'clear':
        this.#work.abort();
        this.#stage.clear();
        break;
      case 'offer':
        this.#offer(effect.result);
        break;
      case 'send':
        this.#attempt((signal) => this.#send(effect.result, effect.again, signal));
        break;
      case 'watch':
        this.#watch(effect.payout);
        break;
      case 'unwatch':
        this.#watching.abort();
        break;
      case 'decide':
        void this.#decide(effect.answer, effect.payout);
        break;
      case 'tell':
        this.#tell(effect);
        break;
    }
  }

  /** Runs one piece of work; a newer one, or leaving the page, makes its outcome void. */
  #attempt(work: (signal: AbortSignal) => Promise<Input>): void {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    void work(signal)
      .catch((error: unknown): Input => {
        const payout = error instanceof BffError ? error.payout : null;
        if (!signal.aborted && codeOf(error) === 'internal_error') console.error('<b131-payout>', error);
        return { type: 'trouble', code: codeOf(error), unsure: isUnsure(error), payout };
      })
      .then((input) => {
        if (!signal.aborted) this.feed(input);
      });
  }

  async #find(signal: AbortSignal): Promise<Input> {
    this.#requireEndpoint();
    const client = this.#client;
    const found = await steadily(() => this.#tickets.use((ticket) => client.current(ticket, signal)), signal);
    this.#lastAttempt = found?.payout.attempt ?? 0;
    if (found === null) return { type: 'absent' };
    this.#viewToken = found.viewToken;
    return { type: 'found', payout: found.payout };
  }

  async #prepare(): Promise<Input> {
    await this.#draw();
    this.#stage.speak(this.#host.settings().locale);
    return { type: 'drawn' };
  }

  #draw(): Promise<void> {
    return this.#stage.draw((work, signal) => this.#authorize(work, signal));
  }

  /** What was drawn ahead and has come to grief, or may do better now, is drawn anew once it is wanted. */
  #dropOr(otherwise: () => void): void {
    if (this.#state.step.at === 'finding') this.#stage.clear();
    else otherwise();
  }

  async #authorize<T>(work: (grant: Grant) => Promise<T>, signal: AbortSignal): Promise<T> {
    const { getPublicToken } = this.#host.settings();
    if (this.#state.mode === 'token' && getPublicToken !== null) {
      return work({ publicToken: await getPublicToken() });
    }
    this.#requireEndpoint();
    return steadily(() => this.#tickets.use((ticket) => work({ ticket })), signal);
  }

  async #send(result: TokenResult, again: boolean, signal: AbortSignal): Promise<Input> {
    const started = await startPayout({
      client: this.#client,
      tickets: this.#tickets,
      result,
      lastAttempt: this.#lastAttempt,
      again,
      signal,
    });
    this.#viewToken = started.viewToken;
    return { type: 'accepted', payout: started.payout };
  }

  #offer(result: TokenResult): void {
    const goOn = this.#host.tell(new B131TokenEvent(result));
    if (goOn) this.feed({ type: 'start' });
  }

  #watch(payout: PayoutView): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const { signal } = this.#watching;
    void watchPayout({
      client: this.#client,
      payout,
      bearer: async () => this.#viewToken || this.#tickets.take(),
      onPayout: (news) => this.feed({ type: 'status', payout: news }),
      onContact: (there) => this.feed({ type: 'contact', there }),
      document: this.#host.element.ownerDocument,
      signal,
    }).catch((error: unknown) => {
      if (!signal.aborted) this.#lostSight(payout, error);
    });
  }

  /** The view token may have run out: the ticket, renewed if need be, reads the payout as well. */
  #lostSight(payout: PayoutView, error: unknown): void {
    const tokenRanOut = error instanceof BffError && error.status === 401;
    if (tokenRanOut && this.#viewToken !== '') {
      this.#viewToken = '';
      this.#watch(payout);
    } else {
      this.feed({ type: 'trouble', code: codeOf(error), unsure: false, payout: null });
    }
  }

  async #decide(answer: 'confirm' | 'cancel', payout: PayoutView): Promise<void> {
    const { signal } = this.#watching;
    try {
      const client = this.#client;
      const seen = await this.#tickets.use((ticket) => client.decide(answer, payout, ticket, signal));
      this.feed({ type: 'status', payout: seen });
    } catch (error) {
      if (signal.aborted) return;
      const standing = error instanceof BffError ? error.payout : null;
      this.feed({ type: 'refused', code: codeOf(error), payout: standing });
    }
  }

  #tell(effect: Effect & { do: 'tell' }): void {
    if (effect.event === 'b131-ready') this.#host.tell(new B131ReadyEvent());
    else if (effect.event === 'b131-error')
      this.#host.tell(new B131ErrorEvent(effect.code, effect.retryable));
    else this.#tellPayout(effect.event, effect.payout);
  }

  #tellPayout(event: 'b131-status' | 'b131-success' | 'b131-failure', payout: PayoutView): void {
    this.#lastAttempt = payout.attempt;
    if (event === 'b131-status') this.#host.tell(new B131StatusEvent(payout));
    else if (event === 'b131-success') this.#host.tell(new B131SuccessEvent(payout));
    else this.#host.tell(new B131FailureEvent(payout));
  }

  #requireEndpoint(): void {
    if (this.#client.endpoint !== '') return;
    console.error('<b131-payout> needs the attribute "endpoint", or "getPublicToken" in token mode.');
    throw new BffError({ code: 'misconfigured', status: 0, unsure: false });
  }
}
