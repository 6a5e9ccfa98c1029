import type { Clock } from './clock.js';

/** Gives the present moment as the bank writes it. */
export type Stamp = () => string;

/** A machine's clock tells milliseconds; the bank's last three digits are seldom 000. */
const MICROSECONDS = 137;

/**
 * The bank's timestamps: ISO 8601, UTC, microseconds, `Z` (documented: Objects). No two of one bank are the
 * same and each is later than the one before, even when the clock gives the same millisecond twice.
 */
export function bankStamp(clock: Clock): Stamp {
  let last = 0;
  return () => {
    last = Math.max(clock.now() * 1000 + MICROSECONDS, last + 1);
    return microsecondIso(last);
  };
}

/** A moment in milliseconds since 1970, in the bank's spelling. */
export function bankTime(ms: number): string {
  return microsecondIso(ms * 1000);
}

function microsecondIso(microseconds: number): string {
  const ms = Math.floor(microseconds / 1000);
  const rest = String(microseconds % 1000).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${rest}Z`);
}
