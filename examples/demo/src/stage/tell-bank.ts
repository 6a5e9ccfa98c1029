import type { SandboxEvent } from '@b131/sandbox';
import type { SentenceName } from '../words/words.ts';
import type { Draft, StepNumber, Tone } from './line.ts';
import type { Scene } from './scene.ts';

type Of<Kind extends SandboxEvent['kind']> = Extract<SandboxEvent, { kind: Kind }>;

/** What the bank did or was asked, as a line; null for what says nothing new. */
export function tellBank(event: SandboxEvent, scene: Scene): Draft | null {
  switch (event.kind) {
    case 'request':
      return tellRequest(event, scene);
    case 'widget':
      return tellWidget(event);
    case 'state':
      return tellState(event, scene);
    case 'webhook':
      return tellWebhook(event, scene);
    case 'money':
      return tellMoney(event);
    case 'fault':
    case 'hand':
      return null;
  }
}

const methods: Record<string, { sentence: SentenceName; step: StepNumber | null; isMinor?: boolean }> = {
  token: { sentence: 'bank_public_token', step: 1 },
  'token/info': { sentence: 'token_info', step: 3, isMinor: true },
  'session/create': { sentence: 'session_created', step: 3 },
  'session/start/payout': { sentence: 'starts', step: 4 },
  'session/status': { sentence: 'asks_status', step: null, isMinor: true },
  'session/confirm': { sentence: 'confirms', step: 6 },
  'session/cancel': { sentence: 'cancels', step: 6 },
};

export const stepOfMethod = (method: string, otherwise: StepNumber): StepNumber =>
  methods[method]?.step ?? otherwise;

function tellRequest({ method, httpStatus, outcome }: Of<'request'>, { waiting }: Scene): Draft {
  const { sentence, isMinor = false } = methods[method] ?? { sentence: 'other_call' };
  const step = stepOfMethod(method, waiting);
  const detail = `${method} ${httpStatus}`;
  if (outcome === 'ok')
    return { step, route: 'bff-bank', sentence, detail, tone: isMinor ? 'minor' : 'plain' };
  const isLost = outcome === 'answer_lost';
  return {
    step,
    route: isLost ? 'bank' : 'bff-bank',
    sentence: isLost ? 'answer_lost' : sentence,
    detail: `${detail} ${outcome}`,
    tone: 'bad',
  };
}

function tellWidget({ outcome, masked, code }: Of<'widget'>): Draft {
  const line = { step: 2, route: 'page-bank' } as const;
  if (outcome === 'tokenized') return { ...line, sentence: 'tokenized', detail: masked ?? '', tone: 'news' };
  return { ...line, sentence: 'tokenize_refused', detail: code ?? '', tone: 'bad' };
}

function tellState(event: Of<'state'>, scene: Scene): Draft | null {
  // Money that comes back leaves the status as it is; the movement itself tells it.
  if (event.payout === 'succeeded' && scene.paid) return null;
  const { session, payout, next_action, error } = event;
  const detail = [session, payout, next_action, error].filter(Boolean).join(' · ');
  const [step, sentence, tone] = meaningOf(event, scene);
  return { step, route: 'bank', sentence, detail, tone };
}

function meaningOf(
  { session, payout, next_action }: Of<'state'>,
  { here, confirmed }: Scene,
): [StepNumber, SentenceName, Tone] {
  if (payout === 'failed') return [7, 'state_failed', 'bad'];
  if (session === 'cancelled') return [7, 'state_cancelled', 'bad'];
  if (payout === 'succeeded') return [7, 'state_paid', 'good'];
  if (session === 'error') return [here, 'state_error', 'bad'];
  if (next_action === 'confirm') return [5, 'state_ready', 'news'];
  if (payout === null) return [3, 'state_created', 'minor'];
  return confirmed ? [6, 'state_paying', 'minor'] : [4, 'state_working', 'minor'];
}

function tellWebhook({ type, delivery, httpStatus, error }: Of<'webhook'>, { here }: Scene): Draft {
  const isTaken = httpStatus === 200;
  const step = type === 'ready_to_confirm' ? 5 : type.startsWith('payment_') ? 7 : here;
  return {
    step,
    route: 'bank-bff',
    sentence: isTaken ? (delivery > 1 ? 'webhook_again' : 'webhook') : 'webhook_failed',
    values: { n: delivery },
    detail: [type, httpStatus ?? error].filter(Boolean).join(' '),
    tone: isTaken ? 'news' : 'bad',
  };
}

function tellMoney({ movement }: Of<'money'>): Draft {
  const { kind, amount, masked_account, masked_card } = movement;
  const values = { amount, account: masked_account ?? masked_card ?? '' };
  const isBack = kind === 'returned';
  return {
    step: 7,
    route: 'bank',
    sentence: isBack ? 'came_back' : 'paid',
    values,
    tone: isBack ? 'bad' : 'good',
  };
}
