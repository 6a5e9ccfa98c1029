import type { Payout, PayoutStatus, Reservation } from '../payout/payout.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import type { Statement } from '../store/store.js';

/** Ceilings in minor units, for each currency on its own. What failed or was cancelled counts no more. */
export interface Limits {
  perPayout?: number;
  perSubjectPerDay?: number;
  perDay?: number;
  /** Whose midnight ends a day; default `Europe/Moscow`, the bank's. */
  timeZone?: string;
}

/** Counts payouts in the totals of their day, in the same batch as what it counts. */
export interface LimitKeeper {
  /** True when one payout may be as large as this. */
  allows(amount: number): boolean;
  /** The totals a new payout is to be counted in; the store refuses the batch when one is full. */
  reserve(payout: Payout, now: number): { reserved: Reservation | null; statements: Statement[] };
  /** What a change of status does to the totals: what can pay no more is taken back, what can again is counted again. */
  follow(
    from: PayoutStatus | null,
    payout: Payout,
    now: number,
  ): { reserved: Reservation | null; statements: Statement[] };
  /** The day (`2026-11-23`) of a moment. */
  dayOf(now: number): string;
}

/** @throws {ConfigurationError} when a ceiling is no amount, or the time zone is none. */
export function createLimitKeeper(limits: Limits = {}): LimitKeeper {
  const { perPayout, perSubjectPerDay, perDay } = limits;
  for (const [name, ceiling] of Object.entries({ perPayout, perSubjectPerDay, perDay })) {
    if (ceiling !== undefined && !(Number.isSafeInteger(ceiling) && ceiling > 0)) {
      throw new ConfigurationError(`limits.${name}`, 'must be a whole number of minor units above 0');
    }
  }
  const format = dayFormat(limits.timeZone ?? 'Europe/Moscow');
  const dayOf = (now: number) => format.format(now);

  function count(payout: Payout, now: number, ceilings: Map<string, number>) {
    const { scope, amount } = payout;
    const day = dayOf(now);
    const statements = [...ceilings].map(
      ([key, ceiling]): Statement => ({ do: 'reserve', scope, day, key, amount, ceiling }),
    );
    return { reserved: statements.length > 0 ? { day, keys: [...ceilings.keys()] } : null, statements };
  }

  function ceilingsFor({ currency, subject }: Payout): Map<string, number> {
    const ceilings = new Map<string, number>();
    if (perDay !== undefined) ceilings.set(`all:${currency}`, perDay);
    if (perSubjectPerDay !== undefined) ceilings.set(`subject:${currency}:${subject}`, perSubjectPerDay);
    return ceilings;
  }

  return {
    dayOf,
    allows: (amount) => perPayout === undefined || amount <= perPayout,
    reserve: (payout, now) => count(payout, now, ceilingsFor(payout)),
    follow(from, payout, now) {
      const counts = !isOver(payout.status);
      if (!counts && payout.reserved)
        return { reserved: null, statements: takeBack(payout, payout.reserved) };
      const again = counts && from !== null && isOver(from) && payout.reserved === null;
      if (!again) return { reserved: payout.reserved, statements: [] };
      // It lives again without anybody's asking: it is counted, whatever the ceiling says.
      const open = [...ceilingsFor(payout).keys()].map((key) => [key, Number.MAX_SAFE_INTEGER] as const);
      return count(payout, now, new Map(open));
    },
  };
}

function isOver(status: PayoutStatus): boolean {
  return status === 'failed' || status === 'cancelled';
}

function takeBack({ scope, amount }: Payout, { day, keys }: Reservation): Statement[] {
  return keys.map((key) => ({ do: 'unreserve', scope, day, key, amount }));
}

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    throw new ConfigurationError('limits.timeZone', 'is no time zone; write it as Europe/Moscow');
  }
}
