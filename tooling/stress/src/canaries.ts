import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** Everything of the server under fire that no answer and no log may ever hold. */
export interface Canaries {
  privateKey: string;
  ticketKey: string;
  secret: string;
  serverKey: string;
  noticeSecret: string;
  operatorSession: string;
  fullName: string;
  accountToken: string;
}

const marked = (name: string) => `CANARY-${name}-${randomBytes(24).toString('hex')}`;

/** New secrets for one run, each of which would be recognised anywhere. */
export function makeCanaries(): Canaries & { publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ticketKey: randomBytes(32).toString('base64'),
    secret: marked('secret'),
    serverKey: marked('server-key'),
    noticeSecret: `whsec_${randomBytes(32).toString('base64')}`,
    operatorSession: marked('session'),
    fullName: 'CANARYOV KENAR KANAREEVICH',
    accountToken: marked('token'),
  };
}

/** What to look for: each secret, and a line out of the middle of the private key. */
export function wordsOf(canaries: Canaries): string[] {
  const { privateKey, ...others } = canaries;
  const [, , line = privateKey] = privateKey.split('\n');
  return [line, ...Object.values(others)];
}
