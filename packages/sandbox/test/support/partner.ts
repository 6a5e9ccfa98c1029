import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, signBody } from '@b131/api';
import { accountEndingWith, DEFAULT_BIK, type SettingsPatch } from '../../src/index.js';
import { type ServedSandbox, serveSandbox } from '../../src/node/index.js';
import { payout } from './desk.js';
import { type Answer, answerOf } from './wire.js';

/** A sandbox on a port of this machine, and a partner who calls it. */
export interface Partner {
  readonly url: string;
  readonly served: ServedSandbox;
  call(method: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** create + start of a payout to an account with this ending; the session's id. */
  start(ending: string, order?: object, ru?: object): Promise<string>;
  close(): Promise<void>;
}

export async function openPartner(settings: SettingsPatch = {}): Promise<Partner> {
  const keysDir = await mkdtemp(join(tmpdir(), 'b131-dashboard-'));
  const served = await serveSandbox({ port: 0, keysDir, project: 'shop', settings });
  const sign = await createSigner(await readFile(served.keys.paths.partnerPrivate, 'utf8'));

  const call: Partner['call'] = async (method, body, headers = {}) => {
    const text = JSON.stringify(body);
    const version = method.startsWith('session/') ? 'v2' : 'v1';
    const signature = await signBody(sign, new TextEncoder().encode(text));
    const right = { 'x-partner-project': 'shop', 'x-partner-sign': signature };
    return answerOf(
      await fetch(`${served.url}/api/${version}/${method}`, {
        method: 'POST',
        headers: { ...right, ...headers },
        body: text,
      }),
    );
  };

  return {
    url: served.url,
    served,
    call,
    async start(ending, order = {}, ru = {}) {
      const bank_account_ru = { bik: DEFAULT_BIK, account: accountEndingWith(ending) };
      const { token } = await call('tokenize', { type: 'bank_account_ru', bank_account_ru });
      const { session } = await call('session/create', {});
      await call('session/start/payout', {
        session_id: session.id,
        ...payout('v2', token, 425_000, ru),
        ...order,
      });
      return session.id;
    },
    async close() {
      await served.close();
      await rm(keysDir, { recursive: true, force: true });
    },
  };
}
