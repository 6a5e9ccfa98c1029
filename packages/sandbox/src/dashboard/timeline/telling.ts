import type {
  FaultEvent,
  HandEvent,
  MoneyEvent,
  RequestEvent,
  SandboxEvent,
  StateEvent,
  WebhookEvent,
  WidgetEvent,
} from '../../control/journal.js';
import { FAULT_KINDS } from '../../faults/kinds.js';
import type { Tone } from '../show/badge.js';
import { money } from '../show/format.js';
import type { IconName } from '../show/icon.js';
import { refusalReason, webhookReason } from './reasons.js';

/** One event in words. */
export interface Telling {
  readonly icon: IconName;
  readonly tone: Tone;
  /** Who did it, or what kind of thing it is. */
  readonly who: string;
  /** The bank's own name of it. */
  readonly name: string;
  /** What came of it. */
  readonly outcome: string;
  /** Why, and what to do, where something went wrong. */
  readonly reason: string;
  /** It went over the wire, so there are headers and bodies to show. */
  readonly wire: boolean;
}

export function tell(event: SandboxEvent): Telling {
  switch (event.kind) {
    case 'request':
      return tellRequest(event);
    case 'webhook':
      return tellWebhook(event);
    case 'state':
      return tellState(event);
    case 'money':
      return tellMoney(event);
    case 'widget':
      return tellWidget(event);
    case 'fault':
      return tellFault(event);
    case 'hand':
      return tellHand(event);
    default:
      return tellOther(event);
  }
}

/** A call that only asks and got its answer: many of these say little. */
export function isPoll(event: SandboxEvent): boolean {
  return event.kind === 'request' && event.method === 'session/status' && event.outcome === 'ok';
}

/** Did something go wrong here? */
export function isTrouble(event: SandboxEvent): boolean {
  return tell(event).tone === 'bad';
}

function tellRequest({ method, version, outcome, httpStatus, hint }: RequestEvent): Telling {
  const ok = outcome === 'ok';
  return {
    icon: 'in',
    tone: ok ? 'plain' : 'bad',
    who: 'Call',
    name: method === 'unknown' ? 'unknown method' : `${version} ${method}`,
    outcome: ok ? 'ok' : `${httpStatus === 0 ? 'no answer' : `HTTP ${httpStatus}`}, ${outcome}`,
    reason: ok ? '' : refusalReason(outcome, hint),
    wire: true,
  };
}

function tellWebhook({ type, delivery, httpStatus, forged, error = 'no answer' }: WebhookEvent): Telling {
  const ok = httpStatus === 200;
  if (forged) return tellForged(type, httpStatus, error);
  return {
    icon: 'out',
    tone: ok ? 'plain' : 'bad',
    who: delivery > 1 ? `Webhook, delivery ${delivery}` : 'Webhook',
    name: type,
    outcome: httpStatus === undefined ? error : `HTTP ${httpStatus}`,
    reason: ok ? '' : webhookReason(httpStatus, error),
    wire: true,
  };
}

/** A forged webhook has to be refused: here 200 is the bad news. */
function tellForged(name: string, httpStatus: number | undefined, error: string): Telling {
  const taken = httpStatus !== undefined && httpStatus < 300;
  return {
    icon: 'out',
    tone: taken ? 'bad' : 'plain',
    who: 'Forged webhook',
    name,
    outcome: httpStatus === undefined ? error : `HTTP ${httpStatus}`,
    reason: taken
      ? 'Your receiver took it, though its signature is false: check X-PARTNER-SIGN over the raw bytes with the bank’s public key.'
      : '',
    wire: true,
  };
}

function tellState({ session, payout, next_action, error }: StateEvent): Telling {
  const parts = [`session ${session}`, payout && `payout ${payout}`, next_action && `next ${next_action}`];
  return {
    icon: 'bank',
    tone: stateTone(session, payout, next_action),
    who: 'Bank',
    name: parts.filter(Boolean).join(' · '),
    outcome: error ?? '',
    reason: '',
    wire: false,
  };
}

function stateTone(
  session: StateEvent['session'],
  payout: StateEvent['payout'],
  next: StateEvent['next_action'],
): Tone {
  if (next === 'confirm') return 'wait';
  if (session === 'error' || payout === 'failed') return 'bad';
  return payout === 'succeeded' ? 'good' : 'work';
}

function tellFault({ fault, on }: FaultEvent): Telling {
  const known = FAULT_KINDS.find(({ kind }) => kind === fault);
  return {
    icon: 'fault',
    tone: 'wait',
    who: 'Fault',
    name: fault,
    outcome: `on ${on}`,
    reason: known?.explanation ?? '',
    wire: false,
  };
}

function tellHand({ step, code, amount }: HandEvent): Telling {
  const what = code ?? (amount === undefined ? '' : money(amount));
  return { icon: 'hand', tone: 'plain', who: 'By hand', name: step, outcome: what, reason: '', wire: false };
}

function tellMoney({ movement }: MoneyEvent): Telling {
  const { kind, amount, masked_account, masked_card, masked_phone } = movement;
  const to = masked_account ?? masked_card ?? masked_phone ?? '';
  return {
    icon: 'money',
    tone: kind === 'paid' ? 'good' : 'bad',
    who: 'Money',
    name: kind === 'paid' ? `${money(amount)} to ${to}` : `${money(amount)} back from ${to}`,
    outcome: kind,
    reason: '',
    wire: false,
  };
}

function tellWidget({ outcome, type, masked, code }: WidgetEvent): Telling {
  return {
    icon: 'widget',
    tone: outcome === 'refused' ? 'bad' : 'plain',
    who: 'Widget',
    name: [type, masked].filter(Boolean).join(' ') || 'a recipient’s typing',
    outcome: code ?? outcome,
    reason: code ? refusalReason(code, undefined) : '',
    wire: false,
  };
}

/** A kind of event that this page has no words for is shown as it is. */
function tellOther(event: object): Telling {
  const { id: _, at: __, kind, ...rest } = Object.assign({ id: 0, at: '', kind: 'event' }, event);
  const facts = Object.entries(rest).map(([name, value]) => `${name} ${brief(value)}`);
  return {
    icon: 'dot',
    tone: 'plain',
    who: String(kind),
    name: facts.join(' · '),
    outcome: '',
    reason: '',
    wire: false,
  };
}

function brief(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
