import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostConfig } from './host-config.ts';

type Material = Pick<HostConfig, 'privateKey' | 'privateKeyPkcs1' | 'ticketKey' | 'secret' | 'golden'>;

const vectorFile = new URL('../../../packages/api/test/fixtures/signature.vector.json', import.meta.url);

/**
 * New keys for one runtime, and what OpenSSL makes of them. The sandbox finds its half in `keysDir`.
 */
export async function makeKeys(keysDir: string): Promise<Material> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ type, format: 'pem' }).toString();
  await mkdir(keysDir, { recursive: true });
  await writeFile(
    join(keysDir, 'partner-public.pem'),
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  const vector: { body: string; signature: string; public_key_pem: string } = JSON.parse(
    readFileSync(vectorFile, 'utf8'),
  );
  // Bytes as no serialiser of ours would write them.
  const ownBody = '{"metadata":"добро\\/ 👍"}';
  return {
    privateKey: pem('pkcs8'),
    privateKeyPkcs1: pem('pkcs1'),
    ticketKey: randomBytes(32).toString('base64'),
    secret: randomBytes(32).toString('base64'),
    golden: {
      body: vector.body,
      signature: vector.signature,
      publicKey: vector.public_key_pem,
      ownBody,
      ownSignature: sign('sha256', Buffer.from(ownBody), privateKey).toString('base64'),
    },
  };
}
