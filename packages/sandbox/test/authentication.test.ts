import { createSigner, generateKeyPair, signBody } from '@b131/api';
import { describe, expect, it } from 'vitest';
import { type Desk, keys, openDesk } from './support/desk.js';
import { answerOf } from './support/wire.js';

const BODY = '{"metadata":"good"}';

async function refusal(desk: Desk, headers: Record<string, string>, text = BODY) {
  const response = await desk.send('/api/v2/session/create', text, headers);
  const { status, error } = await answerOf(response);
  const event = desk.events.at(-1);
  return {
    http: response.status,
    status,
    code: error?.code,
    hint: event?.kind === 'request' ? event.hint : undefined,
  };
}

describe('a signature', () => {
  it('lets in who signs the very bytes of the body', async () => {
    const desk = await openDesk();
    const odd = '{ "metadata" :\t"\\u0430\\/б" }\n';
    expect((await answerOf(await desk.send('/api/v2/session/create', odd))).status).toBe('ok');
  });

  it('does not hold for a body with one byte changed, wherever it is', async () => {
    const desk = await openDesk();
    const signature = await desk.sign(BODY);
    for (const at of [0, 9, BODY.length - 1]) {
      const changed = `${BODY.slice(0, at)}${BODY[at] === 'x' ? 'y' : 'x'}${BODY.slice(at + 1)}`;
      expect(await refusal(desk, { 'x-partner-sign': signature }, changed)).toEqual({
        http: 200,
        status: 'error',
        code: 'authentication_error',
        hint: expect.stringContaining('the body is not the one that was signed'),
      });
    }
    expect(desk.sandbox.sessions()).toEqual([]);
  });

  it('does not hold with one character of its own changed', async () => {
    const desk = await openDesk();
    const signature = await desk.sign(BODY);
    const changed = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
    expect((await refusal(desk, { 'x-partner-sign': changed })).code).toBe('authentication_error');
  });

  it('of another key is told from a changed body', async () => {
    const desk = await openDesk();
    const stranger = await createSigner((await generateKeyPair()).privateKey);
    const signature = await signBody(stranger, new TextEncoder().encode(BODY));
    expect(await refusal(desk, { 'x-partner-sign': signature })).toMatchObject({
      code: 'authentication_error',
      hint: expect.stringContaining('another private key'),
    });
  });

  it.each([
    ['', 'missing'],
    ['ab'.repeat(256), 'hexadecimal'],
    ['not base64 at all', 'not standard base64'],
    ['-_'.repeat(170), 'base64url'],
    ['AAAA', '3 bytes'],
  ])('that is none (%.12s) is refused, and the log says why', async (signature, words) => {
    const desk = await openDesk();
    expect(await refusal(desk, { 'x-partner-sign': signature })).toMatchObject({
      http: 200,
      code: 'authentication_error',
      hint: expect.stringContaining(words),
    });
  });

  it('and its body stay out of the events', async () => {
    const desk = await openDesk();
    const token = await desk.token('42');
    await desk.start('v2', '42');
    await desk.pass(5_000);
    const told = JSON.stringify(desk.events);
    expect(told).not.toContain(await desk.sign(BODY));
    expect(told).not.toContain(token);
    expect(told).not.toContain('Ivanov');
    expect(told).not.toMatch(/\d{20}/);
  });
});

describe('a project', () => {
  it.each([
    ['', 'missing'],
    ['stranger', 'another project'],
  ])('named %j is not authorised', async (project, words) => {
    const desk = await openDesk();
    expect(await refusal(desk, { 'x-partner-project': project })).toEqual({
      http: 200,
      status: 'error',
      code: 'authorization_error',
      hint: expect.stringContaining(words),
    });
  });
});

it('an empty GET may be signed as nothing or as the [] of the PHP SDK', async () => {
  const desk = await openDesk();
  for (const text of ['', '[]']) {
    const headers = { 'x-partner-sign': await desk.sign(text) };
    const { banks } = await answerOf(await desk.send('/api/v2/fps/banks', text, headers, 'GET'));
    expect(banks[0]).toEqual({ id: expect.any(String), eng_name: 'Sberbank', ru_name: 'Сбербанк' });
  }
});

it('a key that is none is told by ready()', async () => {
  const { bank } = await keys();
  const desk = await openDesk({ partnerPublicKey: 'no key', bankPrivateKey: bank.privateKey });
  await expect(desk.sandbox.ready()).rejects.toMatchObject({ name: 'KeyError' });
});
