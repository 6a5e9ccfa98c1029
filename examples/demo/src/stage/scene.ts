/** Where the story stands: which cash-out, which attempt, which of the bank's steps. */
import type { Happening } from './happenings.ts';
import type { Line, StepNumber } from './line.ts';

export interface Round {
  key: string;
  cashOut: number;
  attempt: number;
  lines: Line[];
  /** The furthest step so far. */
  reached: StepNumber;
  outcome: 'open' | 'paid' | 'failed' | 'cancelled' | 'returned';
  /** The bank's word for what went wrong. */
  error: string | null;
  /** The bank waits for a word. */
  isReady: boolean;
  /** It has had it. */
  isConfirmed: boolean;
}

/** What one needs to know to tell what a happening means. */
export interface Scene {
  readonly confirmed: boolean;
  /** Money has moved. */
  readonly paid: boolean;
  /** The step we are in, for what can happen at any time. */
  readonly here: StepNumber;
  /** The step in which somebody asks how it stands. */
  readonly waiting: StepNumber;
}

export interface Stage extends Scene {
  readonly rounds: Round[];
  readonly round: Round;
  /** Moves on by what has happened. True when that began a new round. */
  advance(happening: Happening): boolean;
}

export function createStage(): Stage {
  const rounds = [newRound(1, 1)];
  const current = (): Round => rounds.at(-1) ?? newRound(1, 1);

  function begin(cashOut: number, attempt: number): boolean {
    rounds.push(newRound(cashOut, attempt));
    return true;
  }

  return {
    rounds,
    get round() {
      return current();
    },
    get confirmed() {
      return current().isConfirmed;
    },
    get paid() {
      return current().outcome === 'paid';
    },
    get here() {
      return current().reached;
    },
    get waiting() {
      const { isConfirmed, reached } = current();
      if (isConfirmed) return 7;
      return reached === 4 ? 5 : reached;
    },
    advance(happening) {
      const round = current();
      if (isNewCashOut(happening, round)) return begin(round.cashOut + 1, 1);
      if (isNewAttempt(happening, round)) return begin(round.cashOut, round.attempt + 1);
      learn(happening, round);
      return false;
    },
  };
}

function newRound(cashOut: number, attempt: number): Round {
  const key = `${cashOut}.${attempt}`;
  const fresh = { lines: [], reached: 0, outcome: 'open', error: null } as const;
  return { key, cashOut, attempt, ...fresh, lines: [], isReady: false, isConfirmed: false };
}

/** Another ticket after the money moved. */
function isNewCashOut({ source, event }: Happening, { outcome }: Round): boolean {
  return source === 'page' && event.type === 'ticket' && (outcome === 'paid' || outcome === 'returned');
}

/** Another public token after an attempt ended: the recipient tries another account. */
function isNewAttempt(happening: Happening, { outcome, reached }: Round): boolean {
  if (outcome !== 'failed' && outcome !== 'cancelled') return false;
  return reached >= 3 && asksPublicToken(happening);
}

function asksPublicToken({ source, event }: Happening): boolean {
  if (source === 'bank') return event.kind === 'request' && event.method === 'token';
  return source === 'bff' && event.type === 'page.called' && event.path.endsWith('/public-tokens');
}

function learn({ source, event }: Happening, round: Round): void {
  if (source !== 'bank') return;
  if (event.kind === 'money') round.outcome = event.movement.kind === 'returned' ? 'returned' : 'paid';
  if (event.kind !== 'state') return;
  if (event.payout === 'failed') round.error = event.error ?? null;
  if (event.payout === 'failed') round.outcome = 'failed';
  else if (event.session === 'cancelled') round.outcome = 'cancelled';
  // The bank tells its states before its answers: the first one after "ready" means that it was confirmed.
  else if (event.next_action === 'confirm') round.isReady = true;
  else if (round.isReady) round.isConfirmed = true;
}
