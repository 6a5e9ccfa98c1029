import { createHash } from 'node:crypto';
import { createBank131, createSigner, generateKeyPair, signBody } from '@b131/api';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem, type Harness, harness } from './http-harness.js';

let bankKeys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  bankKeys = await generateKeyPair();
});

function webhookHarness(): Harness {
  const bank = createBank131({
    environment: 'demo',
    project: 'shop',
    privateKey: bankKeys.privateKey,
    bankPublicKeys: [bankKeys.publicKey],
  });
  return harness({
    verifyWebhook: async (raw, signature) => {
      const { type, session } = await bank.verifyWebhook(raw, signature);
      return { type, sessionId: session.id };
    },
  });
}

const session = (id: string) => ({
  id,
  status: 'in_progress',
  created_at: '2026-01-12T09:00:00.000000Z',
  updated_at: '2026-01-12T09:00:00.000000Z',
});

async function deliver(bff: Harness, body: string | Uint8Array<ArrayBuffer>, signature?: string | null) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const sign = await createSigner(bankKeys.privateKey);
  const header = signature === undefined ? await signBody(sign, bytes) : signature;
  const headers: Record<string, string> = header === null ? {} : { 'x-partner-sign': header };
  return bff.app.request('/webhooks/bank131', { method: 'POST', headers, body: bytes });
}

describe('the route of the bank', () => {
  test('a signed webhook is committed, by the digest of its bytes, before it is answered', async () => {
    const bff = webhookHarness();
    bff.desk.sessions.add('ps_1');
    // Spaces and escapes as no serialiser of ours would write them: the bytes count.
    const body = `{ "type":"payment_finished",\n"session": ${JSON.stringify(session('ps_1'))}, "x":"\\/" }`;
    const answer = await deliver(bff, body);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
    const digest = createHash('sha256').update(body).digest('hex');
    expect(bff.desk.webhooks).toEqual([{ digest, type: 'payment_finished', sessionId: 'ps_1' }]);
    expect(bff.events).toEqual([
      { type: 'webhook.taken', webhook: 'payment_finished', sessionId: 'ps_1', known: true, lagMs: null },
    ]);
  });

  test('the same webhook again is the same to the bank', async () => {
    const bff = webhookHarness();
    const body = JSON.stringify({ type: 'payment_finished', session: session('ps_1') });
    expect((await deliver(bff, body)).status).toBe(200);
    expect((await deliver(bff, body)).status).toBe(200);
    expect(new Set(bff.desk.webhooks.map(({ digest }) => digest)).size).toBe(1);
  });

  test.each([
    ['is missing', null],
    ['is empty', ''],
    ['is no base64', '***'],
    ['is of something else', 'AAAA'],
  ])('a signature that %s is refused and nothing is kept', async (_name, signature) => {
    const bff = webhookHarness();
    const body = JSON.stringify({ type: 'payment_finished', session: session('ps_1') });
    await expectProblem(await deliver(bff, body, signature), 403, 'signature_invalid');
    expect(bff.desk.webhooks).toEqual([]);
    expect(bff.events[0]).toMatchObject({ type: 'webhook.refused' });
  });

  test('a body that was changed on its way is refused', async () => {
    const bff = webhookHarness();
    const signature = await signBody(
      await createSigner(bankKeys.privateKey),
      new TextEncoder().encode('{"a":1}'),
    );
    await expectProblem(await deliver(bff, '{"a": 1}', signature), 403, 'signature_invalid');
  });

  test('signed but of an unknown type or session is taken', async () => {
    const bff = webhookHarness();
    const body = JSON.stringify({ type: 'something_new', session: session('ps_unknown') });
    expect((await deliver(bff, body)).status).toBe(200);
    expect(bff.events).toEqual([
      { type: 'webhook.taken', webhook: 'something_new', sessionId: 'ps_unknown', known: false, lagMs: null },
    ]);
  });

  test.each([
    ['no JSON', 'hello'],
    ['no session', '{"type":"payout_list_ready"}'],
    ['nothing', '{}'],
  ])('signed but with %s is answered with 200, because it would come for ever', async (_name, body) => {
    const bff = webhookHarness();
    const answer = await deliver(bff, body);
    expect(answer.status).toBe(200);
    expect(bff.desk.webhooks).toEqual([]);
    expect(bff.events[0]).toMatchObject({ type: 'webhook.refused' });
  });

  test('a webhook without a session is noted and answered', async () => {
    const bff = harness({ verifyWebhook: async () => ({ type: 'other', sessionId: null }) });
    expect((await deliver(bff, '{}')).status).toBe(200);
    expect(bff.events).toEqual([{ type: 'webhook.refused', code: 'without_session' }]);
  });

  test('a quarter of a megabyte is enough', async () => {
    const bff = webhookHarness();
    await expectProblem(await deliver(bff, 'x'.repeat(256 * 1024 + 1), 'AAAA'), 413, 'body_too_large');
  });

  test('a body that somebody read before is the fault of the host, and it is told', async () => {
    const bff = webhookHarness();
    const request = new Request('http://bff/webhooks/bank131', { method: 'POST', body: '{}' });
    await request.text();
    await expectProblem(await bff.app.fetch(request), 500, 'internal_error');
    expect(String(bff.errors[0]?.error)).toContain('was read before');
  });
});
