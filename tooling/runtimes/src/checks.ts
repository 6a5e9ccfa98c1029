import { createSigner, signBody, verifyBody } from '@b131/api';
import { type OpenStore, storeChecks } from '@b131/bff/testing';
import type { HostConfig } from './host-config.ts';
import { ticketsOfEveryKey } from './ticket-keys.ts';

/** What a check inside a runtime works with. */
export interface CheckTools {
  config: HostConfig;
  openStore: OpenStore;
}

/** Something a runtime does inside itself, without HTTP; rejects with what is wrong. */
export interface Check {
  name: string;
  run(tools: CheckTools): Promise<void>;
}

const encoder = new TextEncoder();

/** Compares by eye as well: what differs stands in the error. */
function expect(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, got ${actual}`);
}

async function signs(privateKey: string, { golden }: HostConfig): Promise<void> {
  const sign = await createSigner(privateKey);
  const signature = await signBody(sign, encoder.encode(golden.ownBody));
  expect('the signature', signature, golden.ownSignature);
}

/** What is asked of every runtime from within. */
export const checks: readonly Check[] = [
  {
    name: 'golden-signature',
    async run({ config: { golden } }) {
      const verify = (body: string) => verifyBody(golden.publicKey, encoder.encode(body), golden.signature);
      expect("the bank's own signature holds", await verify(golden.body), true);
      expect('it holds for another body', await verify(`${golden.body} `), false);
    },
  },
  { name: 'pkcs8', run: ({ config }) => signs(config.privateKey, config) },
  { name: 'pkcs1', run: ({ config }) => signs(config.privateKeyPkcs1, config) },
  { name: 'ticket-keys', run: ticketsOfEveryKey },
  ...storeChecks.map(
    ({ name, run }): Check => ({ name: `store: ${name}`, run: ({ openStore }) => run(openStore) }),
  ),
];
