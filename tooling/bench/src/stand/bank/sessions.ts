import { createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** A webhook, ready to be sent. */
export interface SignedWebhook {
  body: Buffer;
  signature: string;
}

/** A session that nobody opened yet, with the webhooks of its life: signed before anything is measured. */
export interface PreparedSession {
  id: string;
  ready: SignedWebhook;
  finished: SignedWebhook;
}

const at = '2026-11-25T10:00:00.000000Z';

/** Makes sessions that differ in nothing but their ids. */
export function createSessionMaker(privateKey: string): (count: number) => PreparedSession[] {
  const key = createPrivateKey(privateKey);
  let last = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      last += 1;
      const id = `ps_${last}`;
      const waiting = { status: 'in_progress', next_action: 'confirm', payout: 'pending' };
      return {
        id,
        ready: webhook(key, 'ready_to_confirm', id, waiting),
        finished: webhook(key, 'payment_finished', id, { status: 'accepted', payout: 'succeeded' }),
      };
    });
}

function webhook(
  key: KeyObject,
  type: string,
  id: string,
  { payout, ...session }: { status: string; payout: string; next_action?: string },
): SignedWebhook {
  const list = [{ id: id.replace('ps_', 'po_'), status: payout, ...told }];
  const body = Buffer.from(
    JSON.stringify({ type, session: { id, ...session, created_at: at, updated_at: at, payout_list: list } }),
  );
  return { body, signature: sign('sha256', body, key).toString('base64') };
}

/** What the bank tells of a payout beside its status. */
const told = {
  created_at: at,
  payout_details: {
    type: 'bank_account',
    bank_account: { system_type: 'ru', ru: { full_name: 'Ivanov Ivan', description: 'Money transfer' } },
  },
  amount_details: { amount: 10_000, currency: 'rub' },
};
