import { describe, expect, it } from 'vitest';
import type { SandboxEvent } from '../src/index.js';
import { type Desk, openDesk, payout } from './support/desk.js';

async function get(desk: Desk, path: string) {
  return (await desk.sandbox.fetch(new Request(`http://bank.example${path}`))).json();
}

const last = (desk: Desk, kind: SandboxEvent['kind']) => {
  const event = desk.events.findLast((candidate) => candidate.kind === kind);
  if (!event) throw new Error(`no ${kind} yet`);
  return event.id;
};

describe('what went over the wire', () => {
  it('is kept as it was sent, odd spelling and all, with the secrets shortened', async () => {
    const desk = await openDesk();
    const token = await desk.token('00');
    const text = `{"session_id" : "ps_1","metadata":"a\\/b","payout_details":{"bank_account":{"ru":{
      "token":"${token}","full_name":"Ivanov \\u0418ван","account":"40817810600003869500"}}},
      "note":"call 40817810600003869500"}`;
    await desk.send('/api/v2/session/start/payout', text);
    const { exchange } = await get(desk, `/sandbox/events/${last(desk, 'request')}`);
    expect(exchange.request).toMatchObject({ verb: 'POST', url: '/api/v2/session/start/payout', cut: false });
    expect(exchange.request.bytes).toBe(new TextEncoder().encode(text).length);
    expect(
      exchange.request.body,
    ).toBe(`{"session_id" : "ps_1","metadata":"a\\/b","payout_details":{"bank_account":{"ru":{
      "token":"${token.slice(0, 8)}… (64 characters)","full_name":"I… \\u0418…","account":"40817***9500"}}},
      "note":"call 40817***9500"}`);
    expect(exchange.request.headers['x-partner-project']).toBe('shop');
    expect(exchange.request.headers['x-partner-sign']).toMatch(/^.{8}… \(344 characters\)$/);
    expect(exchange.answer).toMatchObject({
      httpStatus: 200,
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(exchange.answer.body)).toMatchObject({ status: 'error' });
  });

  it('holds no secret of a whole payout, in none of its events', async () => {
    const desk = await openDesk();
    const { public_token } = await desk.call('v1', 'token', { tokenize_widget: { access: true } });
    const token = await desk.token('00');
    const { session } = await desk.call('v1', 'session/create', []);
    await desk.call('v1', 'session/start/payout', { session_id: session.id, ...payout('v1', token) });
    await desk.pass(1_000);
    await desk.call('v1', 'session/confirm', { session_id: session.id });
    await desk.pass(1_000);
    const told = JSON.stringify(
      await Promise.all(desk.events.map(({ id }) => get(desk, `/sandbox/events/${id}`))),
    );
    expect(told).toContain('Money transfer');
    for (const secret of [public_token, token]) expect(told).not.toContain(secret);
    expect(told).not.toMatch(/\d{20}|[0-9a-f]{64}|Ivanov|[A-Za-z0-9+/]{300}/);
  });

  it('tells a webhook and what its receiver said to it', async () => {
    const desk = await openDesk();
    desk.answers.push(500, null);
    await desk.start('v2', '00');
    await desk.pass(1_000);
    const first = await get(desk, `/sandbox/events/${last(desk, 'webhook')}`);
    expect(first.exchange).toMatchObject({
      request: { verb: 'POST', url: 'http://shop.example/webhooks' },
      answer: { httpStatus: 500, body: '' },
    });
    expect(JSON.parse(first.exchange.request.body)).toMatchObject({ type: 'ready_to_confirm' });
    await desk.pass(1_000);
    const second = await get(desk, `/sandbox/events/${last(desk, 'webhook')}`);
    expect(second).toMatchObject({ delivery: 2, error: 'ECONNREFUSED', exchange: { answer: null } });
  });

  it('keeps the beginning of a long answer of a receiver, and its status counts even if the rest breaks off', async () => {
    const desk = await openDesk({
      fetch: async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('<h1>stack</h1>'));
            },
            pull(controller) {
              controller.error(new Error('reset'));
            },
          }),
        ),
    });
    await desk.start('v2', '00');
    await desk.pass(1_000);
    const event = await get(desk, `/sandbox/events/${last(desk, 'webhook')}`);
    expect(event).toMatchObject({ httpStatus: 200, exchange: { answer: { body: '<h1>stack</h1>' } } });
  });

  it('is told of no event there never was', async () => {
    const desk = await openDesk();
    expect(await get(desk, '/sandbox/events/1')).toMatchObject({ error: { code: 'not_found' } });
    expect(await get(desk, '/sandbox/events/x')).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe("a session's events", () => {
  it('include the calls that were refused, whoever signed them', async () => {
    const desk = await openDesk();
    const { session } = await desk.call('v2', 'session/create', {});
    await desk.call('v2', 'session/create', {});
    const body = JSON.stringify({ session_id: session.id });
    await desk.send('/api/v2/session/confirm', body);
    await desk.send('/api/v2/session/confirm', body, { 'x-partner-sign': 'AAAA' });
    const { events } = await get(desk, `/sandbox/sessions/${session.id}/events`);
    expect(events.map(({ kind, outcome }: { kind: string; outcome?: string }) => outcome ?? kind)).toEqual([
      'state',
      'ok',
      'session_wrong_state',
      'authentication_error',
    ]);
    expect(await get(desk, '/sandbox/sessions/ps_1/events')).toEqual({ events: [] });
  });
});

describe('the list of sessions', () => {
  it('comes in pages, the newest first', async () => {
    const desk = await openDesk();
    for (const _ of [1, 2, 3, 4, 5]) await desk.call('v2', 'session/create', {});
    const all = (await get(desk, '/sandbox/sessions')).sessions.map(({ id }: { id: string }) => id);
    const first = await get(desk, '/sandbox/sessions?limit=2');
    expect(first).toMatchObject({ total: 5, more: true, sessions: [{ id: all[0] }, { id: all[1] }] });
    const next = await get(desk, `/sandbox/sessions?limit=3&before=${all[1]}`);
    expect(next).toMatchObject({ total: 5, more: false });
    expect(next.sessions.map(({ id }: { id: string }) => id)).toEqual(all.slice(2));
    expect(all).toEqual(
      desk.sandbox
        .sessions()
        .map(({ id }) => id)
        .reverse(),
    );
  });

  it('is searched by words and by status', async () => {
    const desk = await openDesk();
    const good = await desk.start('v2', '00');
    const bad = await desk.start('v2', '91');
    await desk.call('v2', 'session/create', { metadata: { ref: 'Week-47 <b>' } });
    await desk.pass(1_000);
    const found = async (query: string) =>
      (await get(desk, `/sandbox/sessions?${query}`)).sessions.map(({ id }: { id: string }) => id);
    expect(await found('status=waiting')).toEqual([good]);
    expect(await found('status=failed')).toEqual([bad]);
    expect(await found('status=cancelled')).toEqual([bad]);
    expect(await found('status=created')).toHaveLength(1);
    expect(await found('search=ACCOUNT_not_found')).toEqual([bad]);
    expect(await found('search=week-47+<b>')).toHaveLength(1);
    expect(await found('search=money+9500')).toEqual([good]);
    expect(await found(`search=${good}&status=failed`)).toEqual([]);
    expect(await found('limit=nonsense&search=money')).toEqual([bad, good]);
  });
});

describe('help to set up', () => {
  it('tells where to call, and the magic accounts', async () => {
    const desk = await openDesk();
    expect(await get(desk, '/sandbox/setup')).toMatchObject({
      project: 'shop',
      origin: 'http://bank.example',
      keys: null,
      bik: '044525974',
      defaults: { processingMs: 1_000, personality: { autoConfirm: false } },
    });
    const { accounts } = await get(desk, '/sandbox/setup');
    expect(accounts).toContainEqual(
      expect.objectContaining({ ending: '91', account: '40817810800003869591' }),
    );
  });

  it('says of every setting what it is, in a sentence', async () => {
    const desk = await openDesk();
    const { properties } = await get(desk, '/sandbox/settings/schema');
    const { personality, ...settings } = properties;
    const all: [string, { description?: string }][] = Object.entries({
      ...settings,
      ...personality.properties,
    });
    expect(all.map(([name]) => name).sort()).toEqual(
      Object.keys({ ...desk.sandbox.settings, ...desk.sandbox.settings.personality })
        .filter((name) => name !== 'personality')
        .sort(),
    );
    expect(all.filter(([, { description }]) => !description?.endsWith('.'))).toEqual([]);
  });
});
