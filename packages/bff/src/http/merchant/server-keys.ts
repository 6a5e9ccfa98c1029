import { ConfigurationError } from '../../secrets/configuration-error.js';

/** The keys that let the merchant's servers in. */
export interface ServerKeys {
  /** True for any of the keys. How long it takes tells nothing of them. */
  admits(key: string): Promise<boolean>;
}

const shortest = 32;
const longest = 512;
const wayOut = 'make one with `openssl rand -base64 32`';
const encoder = new TextEncoder();

/**
 * Takes the server keys, several while they rotate. They are kept as digests under a key of this process's own, and
 * compared by WebCrypto, in constant time.
 *
 * @param option what the keys are called where they are configured
 * @throws {ConfigurationError} when there is no key, or one is of no use.
 */
export function createServerKeys(keys: readonly string[], option = 'merchant.keys'): ServerKeys {
  if (keys.length === 0) throw new ConfigurationError(option, `is empty; ${wayOut}`);
  for (const [index, key] of keys.entries()) checkKey(key, `${option}[${index}]`);
  let opened: ReturnType<typeof digestsOf> | null = null;
  return {
    async admits(given) {
      opened ??= digestsOf(keys);
      const { hmac, digests } = await opened;
      const bytes = encoder.encode(given.slice(0, longest + 1));
      const matches = await Promise.all(
        digests.map((digest) => crypto.subtle.verify('HMAC', hmac, digest, bytes)),
      );
      return matches.includes(true);
    },
  };
}

function checkKey(key: string, option: string): void {
  if (!key) throw new ConfigurationError(option, `is missing; ${wayOut}`);
  if (key.length < shortest)
    throw new ConfigurationError(option, `is shorter than ${shortest} characters; ${wayOut}`);
  if (key.length > longest || !/^[\x21-\x7e]+$/.test(key)) {
    throw new ConfigurationError(
      option,
      `must be at most ${longest} printable ASCII characters without spaces, because it travels in a header; ${wayOut}`,
    );
  }
}

async function digestsOf(keys: readonly string[]) {
  const hmac = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const digests = await Promise.all(keys.map((key) => crypto.subtle.sign('HMAC', hmac, encoder.encode(key))));
  return { hmac, digests };
}
