import { randomBytes } from 'node:crypto';
import { createBank131 } from '@b131/api';
import { type Bff, createBff } from '@b131/bff';
import { z } from 'zod';
import { makeKeys } from '../stand/keys.ts';
import { mintOrders } from '../stand/recipients.ts';
import type { GrownDatabase } from './databases.ts';

/** A database with a BFF over it and some payouts under way at a bank that says nothing new. */
export interface Desk {
  database: GrownDatabase;
  /** Makes all payouts due and does what is due. */
  drain(): Promise<void>;
  /** Reads the status of each once, as its recipient's page does. */
  read(): Promise<void>;
}

const alive = 50;
const started = z.object({ payout: z.object({ id: z.string() }), viewToken: z.string() });

/** The bank's answers cost as good as nothing: neither signatures nor the network hide what the store does. */
export async function openDesk(database: GrownDatabase): Promise<Desk> {
  const { publicKey } = makeKeys();
  const ticketKey = randomBytes(32).toString('base64');
  let sessions = 0;
  const bank = createBank131({
    environment: { api: 'http://bank.test' },
    project: 'bench',
    privateKey: async () => new Uint8Array(256),
    bankPublicKeys: [publicKey],
    fetch: async (url, { body }) => {
      const sent = z
        .object({ session_id: z.string().optional() })
        .parse(JSON.parse(new TextDecoder().decode(body)));
      if (url.endsWith('session/create')) sessions += 1;
      return Response.json(answerTo(url, sent.session_id ?? `ps_${database.size}_${sessions}`));
    },
  });
  const bff = createBff({
    ...{ bank, store: database.store, origins: [], secret: 'a secret of the bench, as long as it must be' },
    tickets: { keys: [{ algorithm: 'HS256', key: ticketKey }] },
  });
  // Nothing is to be done but what is measured.
  bff.onWake(() => undefined);
  const payouts = await begin(bff, ticketKey);
  await bff.drain();
  return {
    database,
    async drain() {
      const now = Date.now();
      for (const { id } of payouts) await database.store.batch([{ do: 'wake', payoutId: id, at: now }]);
      const { worked } = await bff.drain({ limit: alive });
      if (worked !== alive) throw new Error(`a drain worked on ${worked} payouts, not on ${alive}`);
      await bff.nextDue();
    },
    async read() {
      for (const { id, viewToken } of payouts) {
        const headers = { authorization: `Bearer ${viewToken}` };
        const answer = await bff.fetch(new Request(`http://bff.test/payouts/${id}`, { headers }));
        if (answer.status !== 200) throw new Error(`the status route answered ${answer.status}`);
      }
    },
  };
}

async function begin(bff: Bff, key: string) {
  const orders = await mintOrders('under-way', alive, { key, audience: 'sandbox:bench' });
  const begun: { id: string; viewToken: string }[] = [];
  for (const { ticket } of orders) {
    const answer = await bff.fetch(
      new Request('http://bff.test/payouts', {
        method: 'POST',
        headers: { authorization: `Bearer ${ticket}`, 'content-type': 'application/json' },
        body: JSON.stringify({ token: 'f'.repeat(64) }),
      }),
    );
    const { payout, viewToken } = started.parse(await answer.json());
    begun.push({ id: payout.id, viewToken });
  }
  return begun;
}

function answerTo(url: string, id: string): object {
  if (url.endsWith('token/info')) return { status: 'ok', info: { masked_account: '40817***9535' } };
  const at = '2026-11-25T10:00:00.000000Z';
  const session = { id, status: 'in_progress', created_at: at, updated_at: at };
  const payout = { id: id.replace('ps', 'po'), status: 'in_progress', created_at: at };
  return { status: 'ok', session: url.endsWith('create') ? session : { ...session, payout_list: [payout] } };
}
