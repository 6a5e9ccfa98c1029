/** What may sign a ticket. Each key is pinned to one of these; the ticket's header never chooses. */
export const ticketAlgorithms = ['HS256', 'EdDSA', 'RS256', 'ES256'] as const;

export type TicketAlgorithm = (typeof ticketAlgorithms)[number];

export function isTicketAlgorithm(name: unknown): name is TicketAlgorithm {
  return ticketAlgorithms.some((algorithm) => algorithm === name);
}

interface Demand {
  /** WebCrypto's name. */
  name: string;
  hash?: string;
  namedCurve?: string;
  /** In words, for messages. */
  words: string;
}

const demands: Record<TicketAlgorithm, Demand> = {
  HS256: { name: 'HMAC', hash: 'SHA-256', words: 'an HMAC-SHA-256 secret of at least 32 bytes' },
  EdDSA: { name: 'Ed25519', words: 'an Ed25519 key' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', words: 'an RSA key of at least 2048 bits' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', words: 'an ECDSA key on P-256' },
};

/** What WebCrypto is to import a key of the algorithm as. */
export function importParameters(algorithm: TicketAlgorithm) {
  const { words: _words, ...parameters } = demands[algorithm];
  return parameters;
}

const shortestModulus = 2048;
const shortestSecret = 256;

/** What a key for the algorithm must be, in words. */
export function demandOf(algorithm: TicketAlgorithm): string {
  return demands[algorithm].words;
}

/** True when the key is of the algorithm's family, hash or curve, and strong enough. */
export function fits(key: CryptoKey, algorithm: TicketAlgorithm): boolean {
  const demand = demands[algorithm];
  const has: object = key.algorithm;
  if (key.algorithm.name !== demand.name) return false;
  if (demand.hash && hashOf(has) !== demand.hash) return false;
  if (demand.namedCurve && !('namedCurve' in has && has.namedCurve === demand.namedCurve)) return false;
  if (algorithm === 'RS256') return atLeast('modulusLength' in has && has.modulusLength, shortestModulus);
  if (algorithm === 'HS256') return atLeast('length' in has && has.length, shortestSecret);
  return true;
}

function hashOf(algorithm: object): unknown {
  const hash: unknown = 'hash' in algorithm ? algorithm.hash : undefined;
  return typeof hash === 'object' && hash !== null && 'name' in hash ? hash.name : hash;
}

function atLeast(value: unknown, least: number): boolean {
  return typeof value === 'number' && value >= least;
}
