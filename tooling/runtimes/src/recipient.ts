import { randomUUID } from 'node:crypto';
import { mintTicket } from '@b131/bff/tickets';
import { accountEndingWith, DEFAULT_BIK } from '@b131/sandbox';
import type { ServedSandbox } from '@b131/sandbox/node';

/** A payout as its recipient's browser sees it; more is in it. */
export interface Shown {
  id: string;
  status: string;
  version: number;
  updatedAt: string;
}

export interface Answer {
  status: number;
  body: { code?: string; payout?: Shown; viewToken?: string; publicToken?: string; detail?: string };
}

/** Plays a recipient's browser, and the merchant's server that gives it a ticket, over HTTP. */
export interface Recipient {
  ref: string;
  ask(method: string, path: string, options?: { body?: unknown; origin?: string }): Promise<Answer>;
  /** Types an account of that ending into the bank's widget. */
  tokenFor(ending: string): Promise<string>;
  /** Types an account of that ending into the bank's widget and hands the token over. */
  pay(ending: string): Promise<{ payout: Shown; viewToken: string }>;
  /** The payout as it is now; does not bring the engine's next look forward. */
  current(): Promise<Shown>;
  /** The event stream; `after` resumes it behind that version. */
  events(payout: Shown, viewToken: string, after?: number, signal?: AbortSignal): Promise<Response>;
}

/** What recipients have to do with. */
export interface Surroundings {
  host: { url: string };
  config: { origin: string; project: string; ticketKey: string };
  bank: Pick<ServedSandbox, 'url'>;
}

/** @param mount prefix of the BFF, empty for the root */
export function createRecipient({ host, config, bank }: Surroundings, mount: string): Recipient {
  const ref = `ref-${randomUUID()}`;
  const base = `${host.url}${mount}`;
  const ticket = () =>
    mintTicket(
      {
        ...{ sub: 'courier-7', ref, amount: 150_000, currency: 'RUB' },
        ...{ full_name: 'Ivanov Ivan Ivanovich', description: 'Courier services, VAT exempt' },
      },
      {
        key: { algorithm: 'HS256', key: config.ticketKey },
        audience: `sandbox:${config.project}`,
      },
    );

  const ask: Recipient['ask'] = async (method, path, { body, origin = config.origin } = {}) => {
    const headers: Record<string, string> = { authorization: `Bearer ${await ticket()}`, origin };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(`${base}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      throw new Error(`${method} ${path} answered ${response.status}, no JSON: ${text.slice(0, 300)}`);
    }
  };

  async function tokenFor(ending: string): Promise<string> {
    const { status, body } = await ask('POST', '/public-tokens', { body: {} });
    if (body.publicToken === undefined)
      throw new Error(`no public token: ${status} ${body.code} ${body.detail}`);
    const response = await fetch(`${bank.url}/widget/api/tokenize`, {
      method: 'POST',
      headers: { 'x-public-token': body.publicToken, 'content-type': 'application/json' },
      body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith(ending) }),
    });
    const answer: { data: { token: string } } = await response.json();
    return answer.data.token;
  }

  return {
    ref,
    tokenFor,
    ask,
    async pay(ending) {
      const token = await tokenFor(ending);
      const { status, body } = await ask('POST', '/payouts', { body: { token } });
      if (status !== 202 || !body.payout || body.viewToken === undefined) {
        throw new Error(`POST /payouts answered ${status} ${body.code} ${body.detail}`);
      }
      return { payout: body.payout, viewToken: body.viewToken };
    },
    async current() {
      const { status, body } = await ask('GET', '/payouts/current');
      if (!body.payout) throw new Error(`GET /payouts/current answered ${status} ${body.code}`);
      return body.payout;
    },
    async events(payout, viewToken, after, signal) {
      const response = await fetch(`${base}/payouts/${payout.id}/events`, {
        headers: {
          authorization: `Bearer ${viewToken}`,
          ...(after === undefined ? {} : { 'last-event-id': String(after) }),
        },
        ...(signal ? { signal } : {}),
      });
      const type = response.headers.get('content-type');
      if (response.status !== 200 || !type?.startsWith('text/event-stream')) {
        throw new Error(`the event stream answered ${response.status} ${type}`);
      }
      return response;
    },
  };
}

/** The payouts of an event stream as they come, until it ends or the caller leaves. */
export async function* payoutsOf(stream: Response): AsyncGenerator<Shown> {
  if (!stream.body) return;
  let text = '';
  for await (const part of stream.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data);
    }
  }
}
