import type { HandStep } from '../bank/bank.js';
import type { Movement, PayoutStatus, SessionStatus } from '../bank/model.js';
import type { Clock } from '../time/clock.js';
import { type Exchange, type ExchangeView, showExchange } from './exchange.js';

/** A call of the bank's API. `hint` says in words why it was refused. */
export interface RequestEvent {
  readonly kind: 'request';
  /** Such as `session/start/payout`; `unknown` when the bank has no such method. */
  readonly method: string;
  readonly version: string;
  /** 0: there was no answer. */
  readonly httpStatus: number;
  /** `ok`, the bank's error code, `answer_lost`, or `never_arrived`. */
  readonly outcome: string;
  readonly sessionId?: string;
  readonly hint?: string;
  /** How long it took; the event's moment is that of the answer. */
  readonly ms: number;
}

/** One delivery of a webhook. */
export interface WebhookEvent {
  readonly kind: 'webhook';
  readonly type: string;
  readonly sessionId: string;
  /** 1 for the first, 2 for the first repetition … */
  readonly delivery: number;
  readonly httpStatus?: number;
  /** Set when there was no answer. */
  readonly error?: string;
  /** It is one that the bank never sent: its signature is false. */
  readonly forged?: true;
  /** How long the receiver took; the event's moment is that of its answer. */
  readonly ms: number;
}

/** A session has changed. */
export interface StateEvent {
  readonly kind: 'state';
  readonly sessionId: string;
  readonly session: SessionStatus;
  readonly payout: PayoutStatus | null;
  readonly next_action: 'confirm' | null;
  /** Why the payout failed. */
  readonly error?: string;
}

/** Money has moved. */
export interface MoneyEvent {
  readonly kind: 'money';
  readonly movement: Movement;
}

/** Somebody used the widget. */
export interface WidgetEvent {
  readonly kind: 'widget';
  readonly outcome: 'tokenized' | 'refused';
  readonly type?: 'bank_account' | 'card';
  readonly masked?: string;
  /** Why it was refused. */
  readonly code?: string;
}

/** A fault that was asked for has struck. */
export interface FaultEvent {
  readonly kind: 'fault';
  /** Such as `timeout_after`. */
  readonly fault: string;
  /** The method of the call, or the type of the webhook. */
  readonly on: string;
  readonly sessionId?: string;
}

/** Somebody at the desk did a step in the bank's place. */
export interface HandEvent {
  readonly kind: 'hand';
  readonly step: HandStep | 'resend';
  readonly sessionId: string;
  /** The error code a payout was failed with. */
  readonly code?: string;
  /** Minor units that came back. */
  readonly amount?: number;
}

/** What happens at the sandbox. No secrets, tokens or account numbers: masked only. */
export type Happening =
  | RequestEvent
  | WebhookEvent
  | StateEvent
  | MoneyEvent
  | WidgetEvent
  | FaultEvent
  | HandEvent;
/** A happening with its number (1, 2, 3 …) and its moment (ISO 8601). */
export type SandboxEvent = Happening & { readonly id: number; readonly at: string };

/** One event and, where it is a request or a webhook, what went over the wire: secrets shortened. */
export type EventView = SandboxEvent & { readonly exchange: ExchangeView | null };

/** The sandbox's memory of what happened. */
export interface Journal {
  /** `exchange`: what went over the wire, for a request or a webhook. */
  add(happening: Happening, exchange?: Exchange): void;
  /** Past events after the one numbered `after` (0: all that are still known). */
  since(after: number): SandboxEvent[];
  /** Number of the newest event. */
  lastId(): number;
  /** What is still known about a session, oldest first. */
  of(sessionId: string): SandboxEvent[];
  /** What went over the wire for an event, whole: secrets and all. */
  exchangeOf(
    id: number,
  ): { readonly event: SandboxEvent; readonly exchange: Exchange | undefined } | undefined;
  /** One event with its exchange, while it is remembered. */
  find(id: number): EventView | undefined;
  /** Calls `listener` for each event from now on; the answer ends that. */
  on(listener: (event: SandboxEvent) => void): () => void;
}

/** How many events are remembered; a payout makes about twelve. */
const REMEMBERED = 5_000;

interface Entry {
  readonly event: SandboxEvent;
  readonly exchange: Exchange | undefined;
}

export function createJournal(clock: Clock): Journal {
  const past: Entry[] = [];
  const listeners = new Set<(event: SandboxEvent) => void>();
  let lastId = 0;

  return {
    add(happening, exchange) {
      lastId += 1;
      const event = { id: lastId, at: new Date(clock.now()).toISOString(), ...happening };
      past.push({ event, exchange });
      if (past.length > REMEMBERED) past.shift();
      for (const listener of listeners) listener(event);
    },
    // A number from before a restart is higher than any there is: all is news then.
    since: (after) =>
      past.filter(({ event }) => event.id > after || after > lastId).map(({ event }) => event),
    lastId: () => lastId,
    of: (sessionId) => past.filter(({ event }) => sessionOf(event) === sessionId).map(({ event }) => event),
    find(id) {
      const entry = past.find(({ event }) => event.id === id);
      if (!entry) return undefined;
      return { ...entry.event, exchange: entry.exchange ? showExchange(entry.exchange) : null };
    },
    exchangeOf: (id) => past.find(({ event }) => event.id === id),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The session an event is about. */
export function sessionOf(event: Happening): string | undefined {
  if (event.kind === 'money') return event.movement.session_id;
  return 'sessionId' in event ? event.sessionId : undefined;
}
