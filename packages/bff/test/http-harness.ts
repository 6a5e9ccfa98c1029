import { createBank131, generateKeyPair } from '@b131/api';
import type { Hono } from 'hono';
import { expect } from 'vitest';
import type { BffEvent } from '../src/events/events.js';
import { createAdmission } from '../src/http/admission/admission.js';
import { createApp } from '../src/http/app.js';
import type { AppDeps } from '../src/http/deps.js';
import { createSecrets } from '../src/secrets/secrets.js';
import { memoryStore } from '../src/store/memory/memory-store.js';
import type { PayoutClaims } from '../src/tickets/claims.js';
import { type MintOptions, mintTicket } from '../src/tickets/mint.js';
import { createTicketVerifier } from '../src/tickets/verifier.js';
import { createViewTokens } from '../src/tickets/view-token.js';
import { widgetContractOf } from '../src/widget/contract.js';
import { createFakeDesk, type FakeDesk } from './http-fake-desk.js';

export const shop = 'https://shop.example';
export const audience = 'demo:shop';
export const merchantKey = {
  kid: 'shop-1',
  algorithm: 'HS256',
  key: 'c2hvcC1zZWNyZXQtb2YtYXQtbGVhc3QtMzItYnl0ZXMhIQ==',
} as const;
export const secret = 'a secret of the bff, long enough for anybody';

/** A payout ticket's claims, and the words that must never come back in an answer or an event. */
export const claims = {
  sub: 'user-7',
  ref: 'order-1001',
  amount: 105000,
  currency: 'RUB',
  full_name: 'Ivanov Ivan Ivanovich',
  description: 'Order 1001',
} satisfies PayoutClaims;

export interface Harness {
  app: Hono;
  desk: FakeDesk;
  events: BffEvent[];
  errors: { error: unknown; id: string }[];
  /** Sends what a browser on the shop's page sends. */
  post(
    path: string,
    token: string | null,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  get(path: string, token: string | null, headers?: Record<string, string>): Promise<Response>;
}

/** A bank whose answers the test gives, behind the real client. */
export async function bankThatAnswers(answer: () => Response | Promise<Response>) {
  const { privateKey, publicKey } = await bankKeys;
  return createBank131({
    environment: { api: 'http://127.0.0.1:9' },
    project: 'shop',
    privateKey,
    bankPublicKeys: [publicKey],
    fetch: async () => answer(),
    retry: { attempts: 2, sleep: async () => undefined },
  });
}
const bankKeys = generateKeyPair();

export function harness(overrides: Partial<AppDeps> = {}, desk: FakeDesk = createFakeDesk()): Harness {
  const events: BffEvent[] = [];
  const errors: { error: unknown; id: string }[] = [];
  const secrets = createSecrets(secret);
  const app = createApp({
    desk,
    admission: createAdmission({
      streamLifetime: 30 * 60_000,
      ...{ scope: audience, store: memoryStore(), clock: Date, load: { perSubject: 100_000 } },
      digest: (subject) => secrets.digest('subject', subject),
    }),
    tickets: createTicketVerifier({ keys: [merchantKey] }, audience),
    viewTokens: createViewTokens(secrets),
    issuePublicToken: async () => 'public-token',
    verifyWebhook: async () => ({ type: 'payment_finished', sessionId: 'ps_1' }),
    origins: [shop],
    widget: widgetContractOf({ environment: 'demo', baseUrl: '' }),
    ready: async () => ({ status: 'ready', checks: { store: 'ok' } }),
    onEvent: (event) => events.push(event),
    onError: (error, id) => errors.push({ error, id }),
    ...overrides,
  });
  const authorization = (token: string | null): Record<string, string> =>
    token === null ? {} : { authorization: `Bearer ${token}` };
  return {
    app,
    desk,
    events,
    errors,
    post: async (path, token, body, headers = {}) =>
      app.request(path, {
        method: 'POST',
        headers: { origin: shop, 'content-type': 'application/json', ...authorization(token), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: async (path, token, headers = {}) =>
      app.request(path, { headers: { origin: shop, ...authorization(token), ...headers } }),
  };
}

export function ticket(
  change: Partial<PayoutClaims> = {},
  options: Partial<MintOptions> = {},
): Promise<string> {
  return mintTicket({ ...claims, ...change }, { key: merchantKey, audience, ...options });
}

export function tokenTicket(): Promise<string> {
  return mintTicket({ sub: 'user-7', scope: 'token' }, { key: merchantKey, audience });
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { field: string; problem: string; hint: string }[];
  payout?: { status: string; destination: { masked: string | null } };
  id?: string;
}

/** Reads a problem and checks what all of them have in common. */
export async function problemOf(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const text = await response.text();
  for (const personal of [claims.full_name, claims.sub, secret, merchantKey.key]) {
    expect(text).not.toContain(personal);
  }
  const body = JSON.parse(text) as ProblemBody;
  expect(body.status).toBe(response.status);
  expect(body.detail.length).toBeGreaterThan(10);
  return body;
}

export async function expectProblem(response: Response, status: number, code: string): Promise<ProblemBody> {
  const body = await problemOf(response);
  expect({ status: body.status, code: body.code }).toEqual({ status, code });
  return body;
}
