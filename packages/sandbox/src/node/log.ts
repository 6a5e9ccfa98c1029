import type { SandboxEvent } from '../control/journal.js';

/** One line of the log for one event; everything in it is masked already. */
export function logLine(event: SandboxEvent): string {
  return `${event.at.slice(11, 19)}  ${event.kind.padEnd(7)}  ${words(event).join('  ')}`;
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
