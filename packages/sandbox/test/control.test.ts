import { describe, expect, it } from 'vitest';
import type { Sandbox, SandboxEvent } from '../src/index.js';
import { openDesk } from './support/desk.js';

async function get(sandbox: Sandbox, path: string): Promise<Response> {
  return sandbox.fetch(new Request(`http://bank.example${path}`));
}

async function patch(sandbox: Sandbox, body: string): Promise<Response> {
  return sandbox.fetch(new Request('http://bank.example/sandbox/settings', { method: 'PATCH', body }));
}

/** Reads an event stream until it holds `count` events. */
async function readEvents(response: Response, count: number): Promise<SandboxEvent[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const events: SandboxEvent[] = [];
  for (let rest = ''; reader && events.length < count; ) {
    const { done, value = '' } = await reader.read();
    if (done) break;
    const frames = `${rest}${value}`.split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (data) events.push(JSON.parse(data));
    }
  }
  await reader?.cancel();
  return events;
}

describe('the desk', () => {
  it('shows sessions and money, masked', async () => {
    const desk = await openDesk();
    const session_id = await desk.start('v2', '00');
    await desk.pass(1_000);
    await desk.call('v2', 'session/confirm', { session_id });
    await desk.pass(1_000);
    const ledger = await get(desk.sandbox, '/sandbox/ledger');
    expect(ledger.headers.get('access-control-allow-origin')).toBe('*');
    expect(await ledger.json()).toEqual({ movements: desk.sandbox.ledger() });
    const { sessions } = await (await get(desk.sandbox, '/sandbox/sessions')).json();
    expect(sessions).toHaveLength(1);
    expect(await (await get(desk.sandbox, `/sandbox/sessions/${session_id}`)).json()).toEqual({
      ...sessions[0],
      steps: ['return'],
      returnable: 10_000,
    });
    expect(sessions[0]).toMatchObject({
      id: session_id,
      status: 'accepted',
      payouts: [{ status: 'succeeded', amount: 10_000, masked_account: '40817***9500', outcome: 'succeeds' }],
    });
    expect(JSON.stringify(sessions)).not.toMatch(/\d{20}|[0-9a-f]{64}|Ivanov/);
    expect((await get(desk.sandbox, '/sandbox/sessions/ps_1')).status).toBe(404);
  });

  it('streams what happened and what happens', async () => {
    const desk = await openDesk();
    await desk.call('v2', 'session/create', {});
    const stream = await get(desk.sandbox, '/sandbox/events');
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await desk.call('v2', 'session/create', {});
    const events = await readEvents(stream, 4);
    expect(events).toEqual(desk.events);
    expect(events.map(({ id, kind }) => [id, kind])).toEqual([
      [1, 'state'],
      [2, 'request'],
      [3, 'state'],
      [4, 'request'],
    ]);
    expect(await readEvents(await get(desk.sandbox, '/sandbox/events?after=3'), 1)).toEqual([desk.events[3]]);
    expect(desk.clock.pending).toBe(0);
  });

  it('ends open streams when it closes', async () => {
    const desk = await openDesk();
    const stream = await get(desk.sandbox, '/sandbox/events');
    await desk.start('v2', '00');
    desk.sandbox.close();
    expect(await stream.text()).toContain('"kind":"state"');
    expect(desk.clock.pending).toBe(0);
  });

  it('changes settings at once', async () => {
    const desk = await openDesk();
    const answer = await patch(
      desk.sandbox,
      '{"webhooks":false,"processingMs":200,"personality":{"autoConfirm":true}}',
    );
    expect(answer.status).toBe(200);
    const settings = await (await get(desk.sandbox, '/sandbox/settings')).json();
    expect(settings).toEqual(await answer.json());
    expect(settings).toMatchObject({
      webhooks: false,
      processingMs: 200,
      personality: { autoConfirm: true, echoToken: true },
    });
    const id = await desk.start('v2', '00');
    await desk.pass(400);
    expect((await desk.status('v2', id)).payout_list[0].status).toBe('succeeded');
    expect(desk.received).toEqual([]);
  });

  it.each([
    '',
    '[]',
    '{"webhook":false}',
    '{"processingMs":-1}',
    '{"webhookUrl":"ftp://x/"}',
    '{"personality":{"mood":1}}',
  ])('refuses settings that are none: %s', async (body) => {
    const desk = await openDesk();
    const before = JSON.stringify(desk.sandbox.settings);
    const answer = await patch(desk.sandbox, body);
    expect(answer.status).toBe(422);
    expect((await answer.json()).error.code).toBe('invalid_settings');
    expect(JSON.stringify(desk.sandbox.settings)).toBe(before);
  });

  it('has a page that explains it', async () => {
    const desk = await openDesk({ project: 'a<b' });
    const answer = await get(desk.sandbox, '/');
    expect(answer.headers.get('content-type')).toContain('text/html');
    const page = await answer.text();
    expect(page).toContain('http://bank.example/api/v1/');
    expect(page).toContain('a&lt;b');
    expect(page).toContain('account_not_found');
  });
});
