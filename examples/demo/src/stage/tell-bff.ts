import type { SentenceName } from '../words/words.ts';
import type { BffHappening, CallEvent } from './happenings.ts';
import type { Draft, StepNumber } from './line.ts';
import type { Scene } from './scene.ts';
import { stepOfMethod } from './tell-bank.ts';

/** What the BFF did or was asked, as a line; null for what others tell better. */
export function tellBff(event: BffHappening, scene: Scene): Draft | null {
  const trouble = (sentence: SentenceName, detail: string): Draft => ({
    step: scene.here,
    route: 'bff',
    sentence,
    detail,
    tone: 'bad',
  });
  switch (event.type) {
    case 'page.called':
      return event.from === 'page' ? tellCall(event, scene) : tellShop(event, scene);
    case 'payout.changed': {
      const { from, to } = event;
      if (from === to) return null;
      const step = stepOfStatus(to, scene);
      return { step, route: 'bff', sentence: 'payout_now', values: { status: to }, tone: 'minor' };
    }
    case 'bank.called': {
      if (event.outcome === 'ok') return null;
      const step = stepOfMethod(event.method, scene.waiting);
      return { ...trouble('bank_silent', `${event.method}: ${event.code ?? 'error'}`), step };
    }
    case 'payout.alarm':
      return trouble('alarm', event.code);
    case 'engine.stumbled':
      return trouble('stumbled', event.code);
    case 'webhook.refused':
      return trouble('webhook_refused', event.code);
    default:
      return null;
  }
}

interface Call {
  ok: SentenceName;
  refused?: SentenceName;
  /** Null: whenever it happens. */
  step: StepNumber | null;
  isMinor?: boolean;
}

const calls: Record<string, Call> = {
  'GET /payouts/current': { ok: 'current_found', refused: 'current_none', step: null, isMinor: true },
  'POST /public-tokens': { ok: 'asks_public_token', step: 1 },
  'POST /payouts': { ok: 'asks_payout', refused: 'asks_payout_refused', step: 3 },
  'GET /payouts/:id/events': { ok: 'follows', step: null, isMinor: true },
  'GET /payouts/:id': { ok: 'reads', step: null, isMinor: true },
  'POST /payouts/:id/confirm': { ok: 'asks_confirm', step: 6 },
  'POST /payouts/:id/cancel': { ok: 'asks_cancel', step: 6 },
};

function tellCall(event: CallEvent, { here }: Scene): Draft {
  const { name, detail } = nameOf(event);
  const { ok, refused, step, isMinor = false } = calls[name] ?? { ok: 'other_call', step: null };
  const isOk = event.status < 400;
  const sentence = isOk ? ok : (refused ?? ok);
  const isExpected = isOk || sentence === 'current_none';
  return {
    step: step ?? here,
    route: 'page-bff',
    sentence,
    detail,
    tone: isExpected ? (isMinor ? 'minor' : 'plain') : 'bad',
  };
}

/** The shop's server has nothing to hear while there is no payout. */
function tellShop(event: CallEvent, { here }: Scene): Draft | null {
  if (event.status >= 400) return null;
  return {
    step: here,
    route: 'shop-bff',
    sentence: 'shop_asks',
    detail: nameOf(event).detail,
    tone: 'minor',
  };
}

function nameOf({ method, path, status, code }: CallEvent): { name: string; detail: string } {
  const name = `${method} ${path.replace(/^\/b131/, '').replace(/\/pay_\w+/, '/:id')}`;
  return { name, detail: [name, status, code].filter(Boolean).join(' ') };
}

function stepOfStatus(status: string, { confirmed }: Scene): StepNumber {
  switch (status) {
    case 'created':
      return 3;
    case 'starting':
      return 4;
    case 'processing':
      return confirmed ? 7 : 4;
    case 'awaiting_confirmation':
      return 5;
    case 'confirming':
    case 'cancelling':
      return 6;
    default:
      return 7;
  }
}
