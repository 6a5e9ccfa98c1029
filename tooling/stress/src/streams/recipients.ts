import { request } from 'node:http';
import { mintTicket } from '@b131/bff/tickets';
import { accountEndingWith, DEFAULT_BIK } from '@b131/sandbox';
import { z } from 'zod';
import type { Stand } from '../stand.ts';

const issued = z.object({ publicToken: z.string() });
const tokenized = z.object({ data: z.object({ token: z.string() }) });
const started = z.object({ payout: z.object({ id: z.string() }), viewToken: z.string() });
const shown = z.object({ payout: z.object({ status: z.string() }) });

/** A payout that was begun, and what lets it be followed. */
export interface Followed {
  id: string;
  viewToken: string;
}

/** Plays recipients, each with a payout of their own. */
export function createRecipients({ url, origin, project, bank, canaries }: Stand) {
  let count = 0;

  function ticket(n: number): Promise<string> {
    const claims = { sub: `courier-${n}`, ref: `week-${n}`, amount: 100 + n, currency: 'RUB' };
    const who = { full_name: canaries.fullName, description: 'Courier services' };
    const key = { algorithm: 'HS256', key: canaries.ticketKey } as const;
    return mintTicket({ ...claims, ...who }, { key, audience: `sandbox:${project}` });
  }

  async function post(path: string, bearer: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  return {
    /** Begins a payout to an account of that ending. */
    async begin(ending: string): Promise<Followed> {
      count += 1;
      const own = await ticket(count);
      const { publicToken } = issued.parse(await post('/public-tokens', own, {}));
      const widget = await fetch(`${bank}/widget/api/tokenize`, {
        method: 'POST',
        headers: { 'x-public-token': publicToken, 'content-type': 'application/json' },
        body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith(ending) }),
      });
      const { token } = tokenized.parse(await widget.json()).data;
      const { payout, viewToken } = started.parse(await post('/payouts', own, { token }));
      return { id: payout.id, viewToken };
    },
    async statusOf({ id, viewToken }: Followed): Promise<string> {
      const headers = { authorization: `Bearer ${viewToken}` };
      const response = await fetch(`${url}/payouts/${id}`, { headers });
      return shown.parse(await response.json()).payout.status;
    },
    /** Opens a stream and resolves with its first event; `leave` hangs up. */
    follow({ id, viewToken }: Followed, onEnd: () => void = () => undefined): Promise<{ leave(): void }> {
      return new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${viewToken}` };
        const sent = request(`${url}/payouts/${id}/events`, { headers, agent: false }, (response) => {
          response.on('error', () => undefined);
          response.on('close', onEnd);
          response.on('data', () => undefined);
          if (response.statusCode === 200)
            response.once('data', () => resolve({ leave: () => sent.destroy() }));
          else reject(new Error(`a stream was answered ${response.statusCode}`));
        });
        sent.on('error', reject);
        sent.end();
      });
    },
  };
}
