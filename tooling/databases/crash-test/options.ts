import { parseArgs } from 'node:util';

export interface Options {
  kills: number;
  store: 'sqlite' | 'postgres';
  replicas: number;
  payouts: number;
  seed: number;
  /** Seconds the world may take, once it is calm, to bring every payout to its end. */
  patience: number;
  /** Leave the folder with the keys and the database where it is. */
  keep: boolean;
}

export const usage = `Usage: pnpm crash-test [options]

Real replicas of the BFF on one store, killed with SIGKILL while recipients are being paid and the bank, the
network and the merchant misbehave. When the world has calmed down, the bank's ledger is held against the store.

  --kills N       how many times a replica is killed                (default 20)
  --store KIND    sqlite or postgres                                (default sqlite)
  --replicas R    how many replicas run at once, 1 to 16            (default 3)
  --payouts P     how many payouts are made   (default 3 for each kill, but 60 at least and 1000 at most)
  --seed S        decides what is chosen: accounts, faults, victims (default: a new one, which is printed)
  --patience S    seconds for the last payout to end after the last kill (default 240)
  --keep          keep the folder with keys and database
  --help          print this

Exit status: 0 all clean, 1 something was not, 2 wrong options, 130 interrupted.`;

/** An option that cannot be used; the message says which and what it must be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line; null when help is asked for.
 *
 * @throws {UsageError}
 */
export function readOptions(given: readonly string[]): Options | null {
  const { values } = parse(given);
  if (values.help) return null;
  const kills = wholeNumber('--kills', values.kills ?? '20', 0, 100_000);
  const store = values.store ?? 'sqlite';
  if (store !== 'sqlite' && store !== 'postgres') throw new UsageError('--store must be sqlite or postgres');
  return {
    kills,
    store,
    replicas: wholeNumber('--replicas', values.replicas ?? '3', 1, 16),
    payouts: wholeNumber('--payouts', values.payouts ?? String(payoutsFor(kills)), 1, 1000),
    seed: wholeNumber('--seed', values.seed ?? String(newSeed()), 0, 2 ** 32 - 1),
    patience: wholeNumber('--patience', values.patience ?? '240', 0, 3600),
    keep: values.keep ?? false,
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      // Some package managers hand on the `--` that ends their own options.
      args: given[0] === '--' ? given.slice(1) : [...given],
      options: {
        kills: { type: 'string' },
        store: { type: 'string' },
        replicas: { type: 'string' },
        payouts: { type: 'string' },
        seed: { type: 'string' },
        patience: { type: 'string' },
        keep: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}`);
}

function payoutsFor(kills: number): number {
  return Math.min(1000, Math.max(60, 3 * kills));
}

function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
}
