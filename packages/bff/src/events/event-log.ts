import type { BffEvent, OnEvent } from './events.js';

/** How much is logged: what is named and everything graver. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const ranks: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 };

/** A field of a line: an id, a status, a code, a number. */
export type LogValue = string | number | boolean | null;

/** Writes one line of JSON: `time` (ISO 8601, UTC), `level`, `event`, and the fields. */
export type Log = (
  level: Exclude<LogLevel, 'silent'>,
  event: string,
  fields?: Record<string, LogValue>,
) => void;

export interface LogOptions {
  /** Default `info`. */
  level?: LogLevel;
  /** Takes a line, without a line break at the end; default `console.log`. */
  write?: (line: string) => void;
  clock?: { now(): number };
}

export function createLog({ level = 'info', write = toConsole, clock = Date }: LogOptions = {}): Log {
  return (of, event, fields = {}) => {
    if (ranks[of] < ranks[level]) return;
    write(JSON.stringify({ time: new Date(clock.now()).toISOString(), level: of, event, ...fields }));
  };
}

/**
 * Logs events as lines of JSON: `createBff({ onEvent: eventLog({ level: 'info' }) })`. Written are the fields listed
 * here and no others, whatever an event should ever carry.
 *
 * @param log where to; options, or a log made by {@link createLog}
 */
export function eventLog(log: LogOptions | Log = {}): OnEvent {
  const write = typeof log === 'function' ? log : createLog(log);
  return (event) => write(levelOf(event), event.type, allowed(event));
}

type FieldOf<Event> = Event extends unknown ? Exclude<keyof Event, 'type'> : never;

/** The allow list; a field that an event gains does not compile before it stands here, looked at. */
const fields: Readonly<Record<FieldOf<BffEvent>, true>> = {
  payoutId: true,
  attempt: true,
  version: true,
  kind: true,
  from: true,
  to: true,
  code: true,
  method: true,
  outcome: true,
  durationMs: true,
  webhook: true,
  sessionId: true,
  known: true,
  lagMs: true,
  httpStatus: true,
  notice: true,
  tries: true,
};

function allowed(event: BffEvent): Record<string, LogValue> {
  return Object.fromEntries(
    Object.entries(event).filter(
      ([name, value]) => (Object.hasOwn(fields, name) && typeof value !== 'object') || value === null,
    ),
  );
}

function levelOf(event: BffEvent): Exclude<LogLevel, 'silent'> {
  switch (event.type) {
    case 'payout.alarm':
      return 'error';
    case 'payout.changed':
      return event.to === 'needs_attention' ? 'warn' : 'info';
    case 'bank.called':
      return event.outcome === 'ok' ? 'debug' : 'warn';
    case 'notice.tried':
      return noticeLevels[event.outcome];
    case 'request.refused':
      return event.httpStatus >= 500 ? 'warn' : 'info';
    case 'webhook.taken':
      return 'info';
    default:
      return 'warn';
  }
}

const noticeLevels = { delivered: 'info', will_retry: 'warn', given_up: 'error' } as const;

function toConsole(line: string): void {
  console.log(line);
}
