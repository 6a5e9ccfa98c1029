import type { SettingsPatch } from '../../bank/settings.js';
import { type SandboxEvent, sessionOf } from '../../control/journal.js';
import type { StepOrder } from '../../control/steps.js';
import type { SessionView } from '../../control/view.js';
import { ApiError, api } from '../data/api.js';
import { Stream } from '../data/stream.js';
import { keep, readKept } from './kept.js';
import { hrefOf, type Route, readRoute } from './route.js';
import { EMPTY_LIST, firstState, type State, type Theme } from './state.js';

/** The sandbox remembers as many. */
const REMEMBERED = 5_000;
const REFRESH_MS = 400;
const LONGEST_LIST = 1_000;
const PAGE = 50;
const NOTICE_MS = 6_000;

/** The page's state and everything that may happen to it. Views only read the state and call these. */
export class Desk {
  state: State = firstState(readRoute(location.hash), readKept());
  readonly #draw: () => void;
  readonly #stream = new Stream({
    onEvents: (events) => this.#receive(events),
    onConnection: (connection) => this.#connection(connection),
  });
  #drawing = false;
  #missed: SandboxEvent[] = [];
  #refresh: ReturnType<typeof setTimeout> | undefined;
  #dirty = { list: false, session: false, faults: false };
  /** Is the reader in the middle of the list of sessions, so that nothing may move there? */
  #busyInList: () => boolean = () => false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  start(busyInList: () => boolean): void {
    this.#busyInList = busyInList;
    window.addEventListener('hashchange', () => this.#goTo(readRoute(location.hash)));
    void this.#load();
    this.#goTo(this.state.route);
    this.#stream.start();
  }

  // Where the reader is.

  /** Goes to an address without a new entry in the browser's history: for search fields. */
  search(change: { search?: string; status?: string; only?: string }): void {
    history.replaceState(null, '', hrefOf({ ...this.state.route, ...change }));
    this.#goTo(readRoute(location.hash));
  }

  #goTo(route: Route): void {
    const before = this.state.route;
    this.#set({ route });
    if (route.view === 'payouts') {
      const same =
        before.view === 'payouts' && before.search === route.search && before.status === route.status;
      if (!same || !this.state.list.rows) {
        this.#set({ list: { ...EMPTY_LIST, rows: same ? undefined : this.state.list.rows } });
        void this.#loadList();
      }
      this.#look(route.session);
    }
    if (route.view === 'traffic' && route.event !== undefined) this.#show(route.event);
    if (route.view === 'behaviour') void this.#loadSettings();
    if (route.view === 'behaviour' || route.view !== before.view) void this.#loadFaults();
  }

  #look(id: string | undefined): void {
    if (id === this.state.session?.id) return;
    this.#set({ session: id ? { id, view: undefined, events: [], problem: '' } : undefined });
    if (id) void this.#loadSession();
  }

  // What the sandbox tells.

  async #load(): Promise<void> {
    await this.#try(async () => {
      const [setup, settings, schema, faults] = await Promise.all([
        api.setup(),
        api.settings(),
        api.schema(),
        api.faults(),
      ]);
      this.#set({ setup, settings, schema, faults });
    });
  }

  /** They may have been changed elsewhere, and payouts change the wallet. */
  async #loadSettings(): Promise<void> {
    await this.#try(async () => this.#set({ settings: await api.settings() }));
  }

  /** They strike, and are asked for by programs too. */
  async #loadFaults(): Promise<void> {
    await this.#try(async () => this.#set({ faults: await api.faults() }));
  }

  async #loadList(): Promise<void> {
    const { route, list } = this.state;
    if (route.view !== 'payouts') return;
    const { search, status } = route;
    try {
      const page = await api.sessions({ limit: list.limit, search, status });
      if (this.state.route === route || sameList(this.state.route, route)) this.#setList(page);
    } catch (error) {
      this.#set({ list: { ...this.state.list, problem: reasonOf(error) } });
    }
  }

  /** Rows change where they stand; new ones wait while the reader is among them. */
  #setList(page: { sessions: SessionView[]; total: number; more: boolean }): void {
    const { list } = this.state;
    const known = new Set(list.rows?.map(({ id }) => id));
    const firstKnown = page.sessions.findIndex(({ id }) => known.has(id));
    const fresh = list.rows && firstKnown > 0 && this.#busyInList() ? page.sessions.slice(0, firstKnown) : [];
    const rows = fresh.length > 0 ? page.sessions.slice(firstKnown) : page.sessions;
    this.#set({
      list: { ...list, rows, held: fresh, total: page.total, more: page.more, problem: '' },
    });
  }

  async #loadSession(): Promise<void> {
    const id = this.state.session?.id;
    if (id === undefined) return;
    try {
      const [view, { events }] = await Promise.all([api.session(id), api.sessionEvents(id)]);
      if (this.state.session?.id === id) this.#set({ session: { id, view, events, problem: '' } });
    } catch (error) {
      if (this.state.session?.id !== id) return;
      this.#set({ session: { ...this.state.session, problem: reasonOf(error) } });
    }
  }

  #receive(events: SandboxEvent[]): void {
    if (!this.state.paused) return void this.#take(events);
    this.#missed.push(...events);
    this.#set({ missed: this.#missed.length });
  }

  #take(events: readonly SandboxEvent[]): void {
    this.#set({ events: [...this.state.events, ...events].slice(-REMEMBERED) });
    const sessions = events.map(sessionOf);
    if (this.state.session && sessions.includes(this.state.session.id)) this.#dirty.session = true;
    if (sessions.some((id) => id !== undefined)) this.#dirty.list = true;
    if (events.some(({ kind }) => kind === 'fault')) this.#dirty.faults = true;
    this.#refresh ??= setTimeout(() => this.#refreshNow(), REFRESH_MS);
  }

  async #refreshNow(): Promise<void> {
    const { list, session, faults } = this.#dirty;
    this.#dirty = { list: false, session: false, faults: false };
    await Promise.all([
      list && this.#loadList(),
      session && this.#loadSession(),
      faults && this.#loadFaults(),
    ]);
    this.#refresh = undefined;
    if (Object.values(this.#dirty).includes(true)) this.#take([]);
  }

  #connection(connection: State['connection']): void {
    const back = connection === 'live' && this.state.connection !== 'live' && this.state.setup !== undefined;
    this.#set({ connection });
    if (back) void this.#reunite();
  }

  /** The connection was away: the sandbox may be another one by now, and then nothing here is true any more. */
  async #reunite(): Promise<void> {
    await this.#try(async () => {
      const before = this.state.setup?.startedAt;
      const setup = await api.setup();
      const [settings, faults] = await Promise.all([api.settings(), api.faults()]);
      this.#set({ setup, settings, faults });
      if (setup.startedAt === before) return;
      this.#missed = [];
      this.#set({ events: [], exchanges: new Map(), opened: new Set(), missed: 0 });
      this.#stream.start();
      void this.#loadSession();
    });
    void this.#loadList();
  }

  // What the reader does.

  pause(): void {
    const paused = !this.state.paused;
    this.#set({ paused, missed: 0 });
    if (paused) return;
    this.#take(this.#missed);
    this.#missed = [];
  }

  showHeld(): void {
    const { list } = this.state;
    this.#set({ list: { ...list, rows: [...list.held, ...(list.rows ?? [])], held: [] } });
  }

  olderSessions(): void {
    const { list } = this.state;
    this.#set({ list: { ...list, limit: Math.min(list.limit + PAGE, LONGEST_LIST) } });
    void this.#loadList();
  }

  moreTraffic(): void {
    this.#set({ trafficLimit: this.state.trafficLimit + 100 });
  }

  toggle(id: number): void {
    if (!this.state.opened.has(id)) return void this.#show(id);
    const opened = new Set(this.state.opened);
    opened.delete(id);
    this.#set({ opened });
  }

  #show(id: number): void {
    this.#set({ opened: new Set(this.state.opened).add(id) });
    if (!this.state.exchanges.has(id)) void this.#loadExchange(id);
  }

  async #loadExchange(id: number): Promise<void> {
    const found = await api.event(id).catch(reasonOf);
    this.#set({ exchanges: new Map(this.state.exchanges).set(id, found) });
  }

  showAsSent(asSent: boolean): void {
    this.#set({ asSent });
  }

  /** Does a step in the bank's place. */
  async step(id: string, order: StepOrder): Promise<void> {
    await this.#try(async () => {
      const view = await api.step(id, order);
      const { session } = this.state;
      if (session?.id === id) this.#set({ session: { ...session, view } });
      this.say(`Done by hand: ${order.step}`);
    });
  }

  /** Sends a webhook again, byte for byte. */
  async resend(id: number): Promise<void> {
    await this.#try(async () => {
      await api.resend(id);
      this.say('The webhook is on its way again');
    });
  }

  chooseFault(change: Partial<State['faultForm']>): void {
    this.#set({ faultForm: { ...this.state.faultForm, ...change } });
  }

  async addFault(order: object): Promise<void> {
    await this.#try(async () => {
      const { kind } = await api.addFault(order);
      this.#set({ faults: await api.faults() });
      this.say(`${kind} waits for its moment`);
    });
  }

  /** Without an id: all of them. */
  async removeFault(id?: number): Promise<void> {
    await this.#try(async () => {
      await (id === undefined ? api.clearFaults() : api.removeFault(id));
      this.say(id === undefined ? 'Nothing waits to go wrong any more' : 'The fault is removed');
    });
    await this.#loadFaults();
  }

  /** Changes settings of the bank and says so. */
  async change(patch: SettingsPatch, said: string): Promise<void> {
    await this.#try(async () => {
      this.#set({ settings: await api.change(patch) });
      this.say(said);
    });
  }

  /** Says what was done, for a while, or what could not be, until something else is said. */
  say(text: string, bad = false): void {
    const notice = { text, bad };
    this.#set({ notice });
    if (bad) return;
    setTimeout(() => {
      if (this.state.notice === notice) this.#set({ notice: { text: '', bad: false } });
    }, NOTICE_MS);
  }

  setShortcuts(shortcuts: boolean): void {
    keep('shortcuts', String(shortcuts));
    this.#set({ shortcuts });
  }

  setTheme(theme: Theme): void {
    keep('theme', theme);
    this.#set({ theme });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.say(reasonOf(error), true);
    }
  }

  #set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#draw();
    });
  }
}

function sameList(one: Route, other: Route): boolean {
  if (one.view !== 'payouts' || other.view !== 'payouts') return false;
  return one.search === other.search && one.status === other.status;
}

function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}
