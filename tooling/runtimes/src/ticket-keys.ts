import { createTicketVerifier, mintTicket, TicketError, type TicketKey } from '@b131/bff/tickets';

/** Runtimes import keys and refuse signatures each in its own way, so every algorithm and form of key is tried in each. */
export async function ticketsOfEveryKey(): Promise<void> {
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  await serves({ algorithm: 'HS256', key: secret }, { algorithm: 'HS256', key: secret });
  for (const [algorithm, parameters] of pairs) {
    const { privateKey, publicKey } = await generate(parameters);
    const forms = [
      [await pem('pkcs8', privateKey), await pem('spki', publicKey)],
      [await crypto.subtle.exportKey('jwk', privateKey), await crypto.subtle.exportKey('jwk', publicKey)],
      [privateKey, publicKey],
    ] as const;
    for (const [signing, verifying] of forms)
      await serves({ algorithm, key: signing }, { algorithm, key: verifying });
  }
}

const rsa = { hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };

const pairs = [
  ['EdDSA', { name: 'Ed25519' }],
  ['ES256', { name: 'ECDSA', namedCurve: 'P-256' }],
  ['RS256', { name: 'RSASSA-PKCS1-v1_5', ...rsa }],
] as const;

async function generate(parameters: Algorithm): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify']);
  if ('privateKey' in made) return made;
  throw new Error(`${parameters.name} made no pair`);
}

async function pem(format: 'pkcs8' | 'spki', key: CryptoKey): Promise<string> {
  const der = new Uint8Array(await crypto.subtle.exportKey(format, key));
  const kind = format === 'spki' ? 'PUBLIC KEY' : 'PRIVATE KEY';
  const lines = btoa(String.fromCharCode(...der)).replace(/.{64}/g, '$&\n');
  return `-----BEGIN ${kind}-----\n${lines}\n-----END ${kind}-----\n`;
}

/** The one key's ticket is good for the other, and no ticket with another signature is. */
async function serves(signing: TicketKey, verifying: TicketKey): Promise<void> {
  const audience = 'sandbox:shop';
  const verifier = createTicketVerifier({ keys: [verifying] }, audience);
  const ticket = await mintTicket({ sub: 'courier-7', scope: 'token' }, { key: signing, audience });
  const { subject } = await verifier.verify(ticket);
  if (subject !== 'courier-7') throw new Error(`${signing.algorithm}: the ticket names ${subject}`);
  const unsigned = ticket.slice(0, ticket.lastIndexOf('.') + 1);
  for (const signature of ['', 'AA', 'A'.repeat(86), ticket.slice(unsigned.length, -4)]) {
    const error = await verifier.verify(`${unsigned}${signature}`).catch((caught: unknown) => caught);
    if (!(error instanceof TicketError && error.code === 'ticket_invalid'))
      throw new Error(`${signing.algorithm}: a signature of ${signature.length} signs: ${String(error)}`);
  }
}
