import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createSecrets } from '../src/secrets/secrets.js';
import { createTicketVerifier, mintTicket } from '../src/tickets/index.js';
import { createViewTokens } from '../src/tickets/view-token.js';

const secrets = createSecrets('a secret of the bff, long enough for anybody');
const now = Date.UTC(2026, 0, 12, 9);
const day = 24 * 3600_000;
const clockAt = (time: number) => ({ now: () => time });

describe('a view token', () => {
  test('names its payout for 14 days', async () => {
    const token = await createViewTokens(secrets, { clock: clockAt(now) }).issue('pay_1');
    const later = createViewTokens(secrets, { clock: clockAt(now + 14 * day - 1000) });
    expect(await later.verify(token)).toEqual({ payoutId: 'pay_1' });
    const tooLate = createViewTokens(secrets, { clock: clockAt(now + 14 * day + 1000) });
    await expect(tooLate.verify(token)).rejects.toMatchObject({ name: 'ViewTokenError', reason: 'expired' });
  });

  test('outlives a rotation of the secret while the old one is listed', async () => {
    const old = 'the old secret, which is long enough for us';
    const token = await createViewTokens(createSecrets(old)).issue('pay_1');
    const rotated = createViewTokens(createSecrets(['the new secret, which is long enough too', old]));
    expect(await rotated.verify(token)).toEqual({ payoutId: 'pay_1' });
    await expect(createViewTokens(secrets).verify(token)).rejects.toMatchObject({ reason: 'invalid' });
  });

  test.each(['', 'x', 'a.b.c', `${'a'.repeat(2000)}.b.c`])('is not %.10j', async (token) => {
    await expect(createViewTokens(secrets).verify(token)).rejects.toMatchObject({ reason: 'invalid' });
  });

  test('was signed by nobody else, and not changed', async () => {
    const [head, , signature] = (await createViewTokens(secrets).issue('pay_1')).split('.');
    const body = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const other = body({ sub: 'pay_2', exp: 4e9 });
    for (const token of [`${head}.${other}.${signature}`, `${head}.${other}.`])
      await expect(createViewTokens(secrets).verify(token)).rejects.toMatchObject({ reason: 'invalid' });
  });

  test('is read by any other JWT library', async () => {
    const [key] = await secrets.keys('view token');
    if (!key) throw new Error('no key');
    const { payload, protectedHeader } = await jwtVerify(
      await createViewTokens(secrets).issue('pay_1'),
      key.key,
    );
    expect(payload.sub).toBe('pay_1');
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'b131-view+jwt', kid: key.id });
  });

  test('is no ticket, and a ticket is no view token, even under one key', async () => {
    const [key] = await secrets.keys('view token');
    if (!key) throw new Error('no key');
    const signing = { kid: key.id, algorithm: 'HS256', key: key.key } as const;
    const token = await createViewTokens(secrets).issue('pay_1');
    const verifier = createTicketVerifier({ keys: [signing] }, 'demo:shop');
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'ticket_invalid' });
    await expect(verifier.verify(token)).rejects.toThrow('view token');
    const ticket = await mintTicket(
      { sub: 'pay_1', scope: 'token' },
      { key: signing, audience: 'demo:shop' },
    );
    await expect(createViewTokens(secrets).verify(ticket)).rejects.toMatchObject({ reason: 'invalid' });
  });
});
