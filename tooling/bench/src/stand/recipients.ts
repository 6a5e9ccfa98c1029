import { Agent, request } from 'node:http';
import { mintTicket } from '@b131/bff/tickets';
import { z } from 'zod';

/** A payout to be, with the ticket that its recipient holds. */
export interface Order {
  ref: string;
  ticket: string;
}

/** What an answer was. */
export interface Answered {
  status: number;
  body: unknown;
}

const anyToken = '3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d';
const issued = z.object({ publicToken: z.string() });
const started = z.object({ payout: z.object({ id: z.string() }) });
const shown = z.object({ payout: z.object({ status: z.string() }) });

/** Mints tickets of many recipients; before anything is measured. */
export async function mintOrders(
  prefix: string,
  count: number,
  { key, audience }: { key: string; audience: string },
): Promise<Order[]> {
  const orders: Order[] = [];
  for (let n = 0; n < count; n += 1) {
    const ref = `${prefix}-${n}`;
    const claims = { sub: `courier-${ref}`, ref, amount: 10_000, currency: 'RUB' };
    const who = { full_name: 'Ivanov Ivan Ivanovich', description: 'Courier services, contract 15' };
    const ticket = await mintTicket(
      { ...claims, ...who },
      { key: { algorithm: 'HS256', key }, audience, expiresIn: 900 },
    );
    orders.push({ ref, ticket });
  }
  return orders;
}

export interface Recipients {
  /** The three requests that a recipient's page makes until the payout is recorded. */
  begin(order: Order): Promise<{ id: string; ms: number; refused: number | null }>;
  publicToken(ticket: string): Promise<string>;
  start(ticket: string, token: string): Promise<Answered>;
  /** The payout of a ticket's reference, as its page asks for it. */
  current(ticket: string): Promise<Answered>;
  statusOf(order: Order, id: string): Promise<string>;
  close(): void;
}

/** Plays the recipients' browsers against one server. */
export function createRecipients(url: string): Recipients {
  const agent = new Agent({ keepAlive: true, maxSockets: 512, timeout: 2000 });

  function send(method: 'GET' | 'POST', path: string, ticket: string, told?: object): Promise<Answered> {
    const body = told && Buffer.from(JSON.stringify(told));
    const headers = {
      authorization: `Bearer ${ticket}`,
      origin: 'https://shop.example',
      ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
        });
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const current = (ticket: string) => send('GET', '/payouts/current', ticket);
  const issue = (ticket: string) => send('POST', '/public-tokens', ticket, {});
  const start = (ticket: string, token: string) => send('POST', '/payouts', ticket, { token });

  return {
    current,
    start,
    publicToken: async (ticket) => issued.parse((await issue(ticket)).body).publicToken,
    async begin({ ticket }) {
      const from = performance.now();
      const over = (refused: number) => ({ id: '', ms: performance.now() - from, refused });
      await current(ticket);
      const answer = await issue(ticket);
      if (answer.status !== 201) return over(answer.status);
      const { status, body } = await start(ticket, anyToken);
      if (status !== 202) return over(status);
      return { id: started.parse(body).payout.id, ms: performance.now() - from, refused: null };
    },
    async statusOf({ ticket }, id) {
      const { body } = await send('GET', `/payouts/${id}`, ticket);
      return shown.parse(body).payout.status;
    },
    close: () => agent.destroy(),
  };
}
