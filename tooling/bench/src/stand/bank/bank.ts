import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createSessionMaker, type PreparedSession, type SignedWebhook } from './sessions.ts';

/** How long the bank works on a payout before it sends a webhook, in milliseconds. */
const workMs = 25;

interface Tenant {
  webhooks: URL;
  /** How many sessions it has opened. */
  opened: number;
  sessions: Map<string, Session>;
  calls: Record<string, number>;
}

interface Session {
  prepared: PreparedSession;
  status: 'created' | 'in_progress' | 'accepted';
  nextAction: 'confirm' | undefined;
  ref: string;
  payout: { status: string; details: unknown; amount: unknown; metadata: unknown } | undefined;
  told: boolean;
}

export interface StubBank {
  listen(): Promise<string>;
  addTenant(name: string, webhooks: string): void;
  /** Sees to it that a tenant can open so many sessions. */
  prepare(count: number): void;
  counts(name: string): Record<string, number>;
}

/**
 * The bank as a stub: it believes every signature, keeps what it must, and sends webhooks that were signed beforehand,
 * so that beside a server under measure it takes little of the machine. Each tenant has its own address.
 */
export function createStubBank(privateKey: string, onEnded: (tenant: string, ref: string) => void): StubBank {
  const make = createSessionMaker(privateKey);
  const prepared: PreparedSession[] = [];
  const tenants = new Map<string, Tenant>();
  const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 2000 });
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => answer(incoming, Buffer.concat(chunks), response));
  });
  server.keepAliveTimeout = 60_000;

  function answer(incoming: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const [, name = '', method = ''] = /^\/([^/]+)\/api\/v\d\/(.+)$/.exec(incoming.url ?? '') ?? [];
    const tenant = tenants.get(name);
    const told = tenant ? call(name, tenant, method, JSON.parse(body.toString())) : undefined;
    response.writeHead(told ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told ?? { status: 'error', error: { code: 'not_found' } }));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the stub believes what it is sent
  function call(name: string, tenant: Tenant, method: string, sent: any): object | undefined {
    tenant.calls[method] = (tenant.calls[method] ?? 0) + 1;
    if (method === 'token') return { status: 'ok', public_token: 'f'.repeat(64) };
    if (method === 'token/info')
      return { status: 'ok', info: { masked_account: '40817***9535', created_at: '2026-11-25T10:00:00Z' } };
    const session = method === 'session/create' ? open(tenant) : tenant.sessions.get(sent.session_id);
    if (!session) return undefined;
    if (method === 'session/start/payout') {
      const { payout_details: details, amount_details: amount, metadata } = sent;
      session.payout = { status: 'in_progress', details, amount, metadata };
      session.ref = metadata?.ref ?? '';
      session.status = 'in_progress';
      later(tenant, session.prepared.ready, () => {
        session.nextAction = 'confirm';
        if (session.payout) session.payout.status = 'pending';
      });
    }
    if (method === 'session/confirm' && session.nextAction) {
      session.nextAction = undefined;
      if (session.payout) session.payout.status = 'in_progress';
      later(
        tenant,
        session.prepared.finished,
        () => {
          session.status = 'accepted';
          if (session.payout) session.payout.status = 'succeeded';
        },
        // Whoever never asks for a status believes the webhook.
        () => tenant.calls['session/status'] === undefined && end(name, session),
      );
    }
    if (method === 'session/status' && session.status === 'accepted') end(name, session);
    return { status: 'ok', session: written(session) };
  }

  function end(name: string, session: Session): void {
    if (session.told) return;
    session.told = true;
    onEnded(name, session.ref);
  }

  function open(tenant: Tenant): Session {
    const next = prepared[tenant.opened];
    if (!next) throw new Error('the bank was asked for more sessions than were prepared');
    tenant.opened += 1;
    const session: Session = {
      ...{ prepared: next, status: 'created', nextAction: undefined },
      ...{ ref: '', payout: undefined, told: false },
    };
    tenant.sessions.set(next.id, session);
    return session;
  }

  function later(
    tenant: Tenant,
    webhook: SignedWebhook,
    change: () => void,
    onTaken: () => void = () => undefined,
  ): void {
    setTimeout(() => {
      change();
      send(tenant.webhooks, webhook, onTaken);
    }, workMs);
  }

  function send(url: URL, { body, signature }: SignedWebhook, onTaken: () => void): void {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-partner-sign': signature,
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', onTaken);
    });
    // Like a bank it tries again; whoever is measured is asked for nothing twice unless something went wrong.
    sent.on('error', () => setTimeout(() => send(url, { body, signature }, onTaken), 200));
    sent.end(body);
  }

  return {
    listen: () =>
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
        });
      }),
    addTenant: (name, webhooks) =>
      void tenants.set(name, { webhooks: new URL(webhooks), opened: 0, sessions: new Map(), calls: {} }),
    prepare(count) {
      const most = Math.max(0, ...[...tenants.values()].map(({ opened }) => opened)) + count;
      prepared.push(...make(Math.max(0, most - prepared.length)));
    },
    counts: (name) => tenants.get(name)?.calls ?? {},
  };
}

function written({ prepared: { id }, status, nextAction, payout }: Session): object {
  const at = '2026-11-25T10:00:00.000000Z';
  const list = payout && [
    {
      ...{ id: id.replace('ps_', 'po_'), status: payout.status, created_at: at },
      ...{ payout_details: payout.details, amount_details: payout.amount, metadata: payout.metadata },
    },
  ];
  return {
    ...{ id, status, created_at: at, updated_at: at },
    ...(nextAction && { next_action: nextAction }),
    ...(list && { payout_list: list }),
  };
}
