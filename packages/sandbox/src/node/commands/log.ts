import type { SandboxEvent } from '../../control/journal.js';
import { type Colour, paint } from './command.js';

/** One line of the log for one event; everything in it is masked already. Coloured on a terminal. */
export function logLine(event: SandboxEvent): string {
  const line = `${paint('dim', event.at.slice(11, 19))}  ${event.kind.padEnd(7)}  ${words(event).join('  ')}`;
  return paint(colourOf(event), line);
}

function colourOf(event: SandboxEvent): Colour {
  switch (event.kind) {
    case 'request':
      return event.outcome === 'ok' ? 'reset' : 'red';
    case 'webhook':
      return event.httpStatus === 200 || event.forged ? 'cyan' : 'red';
    case 'money':
      return event.movement.kind === 'paid' ? 'green' : 'yellow';
    case 'state':
      return event.payout === 'failed' || event.session === 'error' ? 'red' : 'reset';
    case 'fault':
    case 'hand':
      return 'yellow';
    case 'widget':
      return event.outcome === 'refused' ? 'red' : 'reset';
  }
}

function words(event: SandboxEvent): string[] {
  switch (event.kind) {
    case 'request':
      return present([
        event.version,
        event.method,
        event.outcome,
        event.sessionId,
        event.hint && `(${event.hint})`,
      ]);
    case 'state':
      return present([
        event.sessionId,
        event.session,
        event.payout,
        event.next_action && `next: ${event.next_action}`,
        event.error,
      ]);
    case 'webhook':
      return present([
        event.type,
        event.sessionId,
        event.forged && 'forged',
        `delivery ${event.delivery}`,
        String(event.httpStatus ?? event.error),
      ]);
    case 'money': {
      const { kind, amount, payout_id, masked_account, masked_card, masked_phone } = event.movement;
      return present([
        kind,
        `${(amount / 100).toFixed(2)} RUB`,
        payout_id,
        masked_account ?? masked_card ?? masked_phone,
      ]);
    }
    case 'fault':
      return present([event.fault, event.on, event.sessionId]);
    case 'hand':
      return present([event.step, event.sessionId, event.code]);
    case 'widget':
      return present([event.outcome, event.type, event.masked, event.code]);
  }
}

function present(parts: readonly (string | null | undefined)[]): string[] {
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}
