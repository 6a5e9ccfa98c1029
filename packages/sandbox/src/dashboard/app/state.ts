import type { Settings } from '../../bank/settings.js';
import type { EventView, SandboxEvent } from '../../control/journal.js';
import type { Setup } from '../../control/setup.js';
import type { SessionDetail, SessionView } from '../../control/view.js';
import type { KnownFaults, SettingSchema } from '../data/api.js';
import type { Connection } from '../data/stream.js';
import type { Route } from './route.js';

/** The list of sessions as it is drawn. */
export interface SessionList {
  /** `undefined`: not loaded yet. */
  readonly rows: readonly SessionView[] | undefined;
  readonly total: number;
  readonly more: boolean;
  readonly limit: number;
  /** New ones that wait for a click, because the reader is in the middle of the list. */
  readonly held: readonly SessionView[];
  readonly problem: string;
}

/** The session that is looked at. */
export interface OpenSession {
  readonly id: string;
  readonly view: SessionDetail | undefined;
  readonly events: readonly SandboxEvent[];
  readonly problem: string;
}

/** All that the page is drawn from. */
export interface State {
  readonly route: Route;
  readonly connection: Connection;
  readonly paused: boolean;
  /** What came while the page was paused. */
  readonly missed: number;
  readonly setup: Setup | undefined;
  readonly settings: Settings | undefined;
  readonly schema: SettingSchema | undefined;
  /** What waits to go wrong, and what can. */
  readonly faults: KnownFaults | undefined;
  /** What the form for a fault asks further by. */
  readonly faultForm: { readonly kind: string; readonly drawn: boolean };
  /** Everything the sandbox still remembers, oldest first. */
  readonly events: readonly SandboxEvent[];
  /** How many lines of traffic are drawn. */
  readonly trafficLimit: number;
  readonly list: SessionList;
  readonly session: OpenSession | undefined;
  /** Time line entries that are folded out. */
  readonly opened: ReadonlySet<number>;
  /** Looked-up events; a string says why one could not be. */
  readonly exchanges: ReadonlyMap<number, EventView | string>;
  /** Bodies shown as they were sent and not in lines. */
  readonly asSent: boolean;
  /** What was done last, or could not be, for a person to read or hear. */
  readonly notice: { readonly text: string; readonly bad: boolean };
  readonly shortcuts: boolean;
  readonly theme: Theme;
}

export type Theme = 'system' | 'light' | 'dark';

export const EMPTY_LIST: SessionList = {
  rows: undefined,
  total: 0,
  more: false,
  limit: 50,
  held: [],
  problem: '',
};

export function firstState(route: Route, kept: { shortcuts: boolean; theme: Theme }): State {
  return {
    route,
    connection: 'connecting',
    paused: false,
    missed: 0,
    setup: undefined,
    settings: undefined,
    schema: undefined,
    faults: undefined,
    faultForm: { kind: 'timeout_after', drawn: false },
    events: [],
    trafficLimit: 100,
    list: EMPTY_LIST,
    session: undefined,
    opened: new Set(),
    exchanges: new Map(),
    asSent: false,
    notice: { text: '', bad: false },
    ...kept,
  };
}
