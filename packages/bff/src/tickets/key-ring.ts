import { ConfigurationError } from '../secrets/configuration-error.js';
import { type LoadedKey, loadKey, type TicketKey } from './key.js';

/**
 * Where the verifier gets its keys. A ticket that names a `kid` is tried against the key of that name only; one
 * without is tried against every key of its algorithm. Both are safe: every key in the ring is trusted, and each is
 * used with its own algorithm only.
 */
export interface KeyRing {
  candidates(kid: string | undefined, algorithm: string): Promise<readonly LoadedKey[]>;
  /** Proves that the keys can be had and used. */
  ready(): Promise<void>;
}

const most = 16;

/**
 * A ring of keys given as options.
 *
 * @throws {ConfigurationError} when there is none, or too many, or two of the same `kid`.
 */
export function staticKeyRing(keys: readonly TicketKey[]): KeyRing {
  if (!keys || keys.length === 0) {
    throw new ConfigurationError(
      'tickets.keys',
      'is empty; give the key that verifies tickets, or `jwksUrl`',
    );
  }
  if (keys.length > most) throw new ConfigurationError('tickets.keys', `holds more than ${most} keys`);
  const kids = keys.flatMap(({ kid }) => (kid === undefined ? [] : [kid]));
  if (new Set(kids).size !== kids.length) {
    throw new ConfigurationError('tickets.keys', 'two keys have the same kid; give each its own');
  }
  let loaded: Promise<readonly LoadedKey[]> | undefined;
  const load = () => {
    loaded ??= Promise.all(keys.map((key, index) => loadKey(key, 'verify', `tickets.keys[${index}]`)));
    return loaded;
  };
  return {
    candidates: async (kid, algorithm) => select(await load(), kid, algorithm),
    ready: async () => {
      await load();
    },
  };
}

export function select(
  keys: readonly LoadedKey[],
  kid: string | undefined,
  algorithm: string,
): readonly LoadedKey[] {
  return keys.filter((key) => key.algorithm === algorithm && (kid === undefined || key.kid === kid));
}
