import type { Movement, PayoutStatus, Sandbox, SessionStatus } from '@b131/sandbox';
import type { Tally } from './tally.ts';

/** What is true of a session at the bank, whatever the bank answers. */
export interface SessionTruth {
  readonly id: string;
  session: SessionStatus;
  payout: PayoutStatus | null;
  /** When its payout was started. */
  startedAt: number | null;
  /** It was once cancelled, or its payout failed: all the proof of death that a bank can give. */
  provenDead: boolean;
  paid: Movement[];
  returned: number;
}

/** The bank's books, as the simulation alone can read them. */
export interface BankTruth {
  of(sessionId: string): SessionTruth | undefined;
  sessions(): SessionTruth[];
}

/** True while a started payout may still move money. */
export function isAlive({ session, payout }: SessionTruth): boolean {
  return session !== 'cancelled' && (payout === 'in_progress' || payout === 'pending');
}

export function watchBank(sandbox: Sandbox, now: () => number, tally: Tally): BankTruth {
  const truths = new Map<string, SessionTruth>();

  function truthOf(id: string): SessionTruth {
    const known = truths.get(id);
    if (known) return known;
    const fresh: SessionTruth = {
      id,
      session: 'created',
      payout: null,
      startedAt: null,
      provenDead: false,
      paid: [],
      returned: 0,
    };
    truths.set(id, fresh);
    return fresh;
  }

  sandbox.on((event) => {
    if (event.kind === 'state') {
      const truth = truthOf(event.sessionId);
      const shown = [event.session, event.payout, event.next_action, event.error].filter(Boolean);
      tally.add(`bank: ${shown.join(' ')}`);
      if (truth.provenDead && event.session === 'in_progress' && truth.payout === null)
        tally.add('bank: a cancelled session starts late');
      truth.session = event.session;
      truth.payout = event.payout;
      if (event.payout !== null) truth.startedAt ??= now();
      if (event.session === 'cancelled' || event.payout === 'failed') truth.provenDead = true;
    }
    if (event.kind === 'money') {
      const truth = truthOf(event.movement.session_id);
      if (event.movement.kind === 'paid') truth.paid.push(event.movement);
      else truth.returned += event.movement.amount;
    }
  });

  return { of: (id) => truths.get(id), sessions: () => [...truths.values()] };
}
