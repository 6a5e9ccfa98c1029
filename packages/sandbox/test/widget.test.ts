import { describe, expect, it } from 'vitest';
import { accountEndingWith, DEFAULT_BIK } from '../src/index.js';
import { type Desk, openDesk } from './support/desk.js';
import { answerOf } from './support/wire.js';

const ACCOUNT = { bik: DEFAULT_BIK, account: accountEndingWith('35') };

async function publicToken(desk: Desk): Promise<string> {
  return (await desk.call('v1', 'token', { tokenize_widget: { access: true } })).public_token;
}

async function type(desk: Desk, token: string, body: unknown): Promise<Response> {
  const headers = {
    'x-public-token': token,
    'content-type': 'application/json',
    origin: 'http://shop.example',
  };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return desk.sandbox.fetch(new Request('http://bank.example/widget/api/tokenize', init));
}

async function code(response: Response): Promise<string | undefined> {
  return (await answerOf(response)).error?.code;
}

describe('a public token', () => {
  it('is good for one account', async () => {
    const desk = await openDesk();
    const token = await publicToken(desk);
    const first = await type(desk, token, ACCOUNT);
    expect(first.status).toBe(200);
    expect(first.headers.get('access-control-allow-origin')).toBe('*');
    expect((await answerOf(first)).data).toEqual({
      type: 'bank_account',
      token: expect.stringMatching(/^[0-9a-f]{64}$/),
      masked_account: '40817***9535',
    });
    const second = await type(desk, token, ACCOUNT);
    expect([second.status, await code(second)]).toEqual([401, 'public_token_used']);
  });

  it('is not used up by a slip of the pen', async () => {
    const desk = await openDesk();
    const token = await publicToken(desk);
    const slip = await type(desk, token, { ...ACCOUNT, account: '40817810500003869535' });
    expect([slip.status, await code(slip)]).toEqual([422, 'invalid_request']);
    expect((await type(desk, token, ACCOUNT)).status).toBe(200);
  });

  it('lasts a day', async () => {
    const desk = await openDesk();
    const [early, late] = [await publicToken(desk), await publicToken(desk)];
    await desk.pass(24 * 3_600_000 - 1);
    expect((await type(desk, early, ACCOUNT)).status).toBe(200);
    await desk.pass(1);
    expect(await code(await type(desk, late, ACCOUNT))).toBe('public_token_expired');
  });

  it.each(['', 'ab'.repeat(32)])('must come from here (%j)', async (token) => {
    const desk = await openDesk();
    expect(await code(await type(desk, token, ACCOUNT))).toBe('public_token_unknown');
  });
});

it.each([
  [null],
  [{}],
  [{ bik: DEFAULT_BIK }],
  [{ ...ACCOUNT, bik: '04452597' }],
  [{ ...ACCOUNT, account: '40101810400003869535' }],
  [{ card: { number: '4242424242424243' } }],
])('what nobody can be paid at is refused: %j', async (body) => {
  const desk = await openDesk();
  const answer = await type(desk, await publicToken(desk), body);
  expect([answer.status, await code(answer)]).toEqual([422, 'invalid_request']);
  expect(desk.events.at(-1)).toMatchObject({ kind: 'widget', outcome: 'refused' });
});

it.each([
  ['tokenize.js', 'text/javascript; charset=utf-8', 'Bank131Tokenize'],
  ['tokenize.css', 'text/css; charset=utf-8', '.b131w-form'],
])('%s is served to any page', async (file, contentType, content) => {
  const desk = await openDesk();
  const answer = await desk.sandbox.fetch(new Request(`http://bank.example/widget/${file}`));
  expect(answer.headers.get('content-type')).toBe(contentType);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.text()).toContain(content);
});

it('a browser may ask before it sends', async () => {
  const desk = await openDesk();
  const headers = {
    origin: 'http://shop.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-public-token',
  };
  const answer = await desk.sandbox.fetch(
    new Request('http://bank.example/widget/api/tokenize', { method: 'OPTIONS', headers }),
  );
  expect(answer.ok).toBe(true);
  expect(answer.headers.get('access-control-allow-headers')).toContain('x-public-token');
});

it('the script needs no eval, no inline style and no HTML from text', async () => {
  const desk = await openDesk();
  const script = await (
    await desk.sandbox.fetch(new Request('http://bank.example/widget/tokenize.js'))
  ).text();
  expect(script).not.toMatch(/eval\(|innerHTML|new Function|\.style\b|setAttribute\('style'/);
});
