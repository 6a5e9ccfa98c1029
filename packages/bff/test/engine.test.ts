import { describe, expect, test } from 'vitest';
import { createWorld, type World } from './support/world.js';

const recipient = { bff: { confirm: 'recipient' } } as const;

async function paidOnce(world: World, amount = 150_000) {
  expect(world.paid().map((movement) => movement.amount)).toEqual([amount]);
}

describe('a payout', () => {
  test('confirmed by the checks alone, is paid once', async () => {
    const world = await createWorld();
    const { status, body } = await world.pay('00');
    expect(status).toBe(202);
    expect(body.payout).toMatchObject({
      status: 'created',
      amount: 150_000,
      currency: 'RUB',
      ref: 'week-47',
    });
    expect(world.paid()).toEqual([]);
    await world.reaches('succeeded', 60_000);
    await paidOnce(world);
    expect(world.alarms()).toEqual([]);
  });

  test('confirmed by the recipient waits for their word, then is paid once', async () => {
    const world = await createWorld(recipient);
    const { body } = await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.pass(60_000);
    expect(world.paid()).toEqual([]);
    const path = `/payouts/${body.payout.id}`;
    const shown = await world.call('GET', path, body.viewToken);
    expect(shown.body.payout).toMatchObject({
      status: 'awaiting_confirmation',
      destination: { kind: 'bank_account' },
    });
    expect(shown.body.payout.destination.masked).toMatch(/^40817\*+\d{2}00$/);
    const confirmed = await world.call('POST', `${path}/confirm`, await world.ticket(), { attempt: 1 });
    expect(confirmed).toMatchObject({ status: 202, body: { payout: { status: 'confirming' } } });
    await world.reaches('succeeded');
    await paidOnce(world);
  });

  test('the recipient takes back pays nothing and may be tried again with another account', async () => {
    const world = await createWorld(recipient);
    const { body } = await world.pay('00');
    await world.reaches('awaiting_confirmation');
    const answer = await world.call('POST', `/payouts/${body.payout.id}/cancel`, await world.ticket(), {
      attempt: 1,
    });
    expect(answer).toMatchObject({ status: 202, body: { payout: { status: 'cancelling' } } });
    await world.reaches('cancelled');
    expect(world.paid()).toEqual([]);
    const again = await world.pay('01');
    expect(again.body.payout).toMatchObject({ status: 'created', attempt: 2 });
    await world.reaches('awaiting_confirmation');
    const stale = await world.call('POST', `/payouts/${body.payout.id}/confirm`, await world.ticket(), {
      attempt: 1,
    });
    expect(stale).toMatchObject({ status: 409, body: { code: 'not_confirmable' } });
    await world.call('POST', `/payouts/${body.payout.id}/confirm`, await world.ticket(), { attempt: 2 });
    await world.reaches('succeeded');
    await paidOnce(world);
  });

  test('keeps no token and no name once it is over', async () => {
    const world = await createWorld();
    await world.pay('00');
    const { payout } = await world.payout();
    const personal = await world.store.personal(payout.id);
    expect(personal).not.toBeNull();
    expect(JSON.stringify(personal)).not.toMatch(/Ivanov|[0-9a-f]{64}/);
    await world.reaches('succeeded');
    expect(await world.store.personal(payout.id)).toBeNull();
  });

  test('is explained step by step by its journal', async () => {
    const world = await createWorld();
    await world.pay('00');
    await world.reaches('succeeded');
    const journal = await world.journal();
    expect(journal.map(({ version }) => version)).toEqual(journal.map((_, index) => index + 1));
    expect(journal.map(({ kind }) => kind)).toEqual([
      'created',
      'start',
      'start_answered',
      expect.stringMatching(/processing|confirm/),
      ...journal.slice(4).map(({ kind }) => kind),
    ]);
    for (const [index, { from }] of journal.entries()) expect(from).toBe(journal[index - 1]?.to ?? null);
    expect(JSON.stringify(journal)).not.toMatch(/Ivanov|[0-9a-f]{64}|40817/);
  });
});

describe('the bank', () => {
  test('refuses the account: the recipient is told why and a second account is paid once', async () => {
    const world = await createWorld();
    await world.pay('91');
    await world.reaches('failed');
    const view = await world.call('GET', '/payouts/current', await world.ticket());
    expect(view.body.payout).toMatchObject({ error: { code: 'account_not_found' }, retryable: true });
    await world.pay('02');
    await world.reaches('succeeded');
    await paidOnce(world);
    expect((await world.payout()).attempts.map(({ outcome }) => outcome)).toEqual(['dead', 'paid']);
  });

  test('fails after our confirm: failed, nothing paid', async () => {
    const world = await createWorld();
    await world.pay('92');
    await world.reaches('failed');
    expect((await world.payout()).payout.errorCode).toBe('provider_internal_error');
    expect(world.paid()).toEqual([]);
  });

  test.each(['93', '94'])(
    'hangs (%s): the payout is neither failed nor repeated, and a person is called',
    async (ending) => {
      const world = await createWorld();
      await world.pay(ending);
      await world.pass(3_600_000);
      expect((await world.payout()).payout.status).toBe('processing');
      const second = await world.pay('03');
      expect(second).toMatchObject({ status: 409, body: { code: 'payout_in_progress' } });
      await world.reaches('needs_attention', 8 * 24 * 3_600_000);
      expect((await world.payout()).payout.attention).toBe('overdue');
      expect((await world.payout()).attempts).toHaveLength(1);
    },
  );

  test('refuses the start: its session is seen cancelled before the payout is called failed', async () => {
    const world = await createWorld();
    await world.pay('95');
    await world.reaches('failed');
    expect((await world.payout()).payout.errorCode).toBe('operation_rejected');
    expect(world.sandbox.sessions().map(({ status }) => status)).toContain('cancelled');
    expect((await world.journal()).map(({ kind }) => kind)).toContain('cancel');
  });

  test('sends the money back: the payout is returned', async () => {
    const world = await createWorld();
    await world.pay('96');
    await world.reaches('returned');
    expect((await world.payout()).payout.returnedAmount).toBe(150_000);
  });

  test('waits no longer for the recipient: failed with confirm_timeout, and open to another try', async () => {
    const world = await createWorld(recipient);
    await world.pay('97');
    await world.reaches('failed');
    expect((await world.payout()).payout.errorCode).toBe('confirm_timeout');
    await world.pay('04');
    await world.reaches('awaiting_confirmation');
  });

  test.each(['98', '99'])('acts, but its answer is lost (%s): paid once', async (ending) => {
    const world = await createWorld();
    await world.pay(ending);
    await world.reaches('succeeded');
    await paidOnce(world);
    expect((await world.payout()).attempts).toHaveLength(1);
  });

  test('sends no webhooks: the same end, by status alone, within seconds', async () => {
    const world = await createWorld({ sandbox: { settings: { webhooks: false } } });
    const from = world.clock.now();
    await world.pay('00');
    await world.reaches('succeeded');
    await paidOnce(world);
    expect(world.clock.now() - from).toBeLessThan(15_000);
  });

  test('is down at first: the payout waits and is paid once', async () => {
    const world = await createWorld();
    const token = await world.tokenize((await import('@b131/sandbox')).accountEndingWith('00'));
    world.setNetwork(async () => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    });
    const answer = await world.call('POST', '/payouts', await world.ticket(), { token });
    expect(answer.status).toBe(202);
    await world.pass(300_000);
    expect((await world.payout()).payout.status).toBe('created');
    world.setNetwork(undefined);
    await world.reaches('succeeded');
    await paidOnce(world);
  });

  test('never got the start: after patience its session is cancelled and a new one pays once', async () => {
    const world = await createWorld();
    let lost = 0;
    world.setNetwork(async (request, next) => {
      if (!request.url.endsWith('start/payout') || lost > 0) return next(request);
      lost += 1;
      throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    });
    await world.pay('00');
    await world.reaches('succeeded');
    await paidOnce(world);
    expect((await world.payout()).attempts.map(({ outcome }) => outcome)).toEqual(['dead', 'paid']);
  });
});

describe('a bank that is not as we assume', () => {
  test('lets a cancelled session start late: the old attempt is cancelled, paid once', async () => {
    const world = await createWorld({
      sandbox: { settings: { personality: { lateStartOnCancelled: true } } },
    });
    let late: Request | null = null;
    world.setNetwork(async (request, next) => {
      if (!request.url.endsWith('start/payout') || late) return next(request);
      late = request.clone();
      throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    });
    await world.pay('00');
    await world.until(async () => (await world.payout()).attempts.length === 2);
    if (late) await world.sandbox.fetch(late);
    await world.reaches('succeeded');
    await world.pass(3_600_000);
    await paidOnce(world);
    expect((await world.payout()).payout.status).toBe('succeeded');
  });

  test.each([
    ['echoes no token', { echoToken: false }],
    ['shows error, then success', { errorThenSuccess: true }],
    ['tells its status late', { statusLagMs: 4000 }],
    ['keeps failed sessions accepted', { failedSessionStatus: 'accepted' }],
    ['writes webhooks in v1 names', { webhookVersion: 'v1' }],
  ] as const)('%s: paid once', async (_name, personality) => {
    const world = await createWorld({ sandbox: { settings: { personality } } });
    await world.pay('00');
    await world.reaches('succeeded');
    await paidOnce(world);
  });

  test('loses the race of our cancel: paid once, and an alarm is raised', async () => {
    const world = await createWorld({
      ...recipient,
      sandbox: { settings: { personality: { cancelLosesRace: true } } },
    });
    const { body } = await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.call('POST', `/payouts/${body.payout.id}/cancel`, await world.ticket(), { attempt: 1 });
    await world.reaches('succeeded');
    await paidOnce(world);
    expect(world.alarms()).toEqual(['paid_despite_cancel']);
  });

  test('pays without asking: noticed as an alarm, or expected when configured', async () => {
    const sandbox = { settings: { personality: { autoConfirm: true } } };
    const surprised = await createWorld({ sandbox });
    await surprised.pay('00');
    await surprised.reaches('succeeded');
    expect(surprised.alarms()).toEqual(['paid_without_word']);
    const expected = await createWorld({ sandbox, bff: { autoConfirmation: true } });
    await expected.pay('00');
    await expected.reaches('succeeded');
    expect(expected.alarms()).toEqual([]);
    await paidOnce(expected);
  });

  test('required to echo the destination, does not: no confirm is sent, a person must look', async () => {
    const world = await createWorld({
      bff: { rules: { destinationCheck: 'required' } },
      sandbox: { settings: { personality: { echoToken: false } } },
    });
    await world.pay('00');
    await world.reaches('needs_attention');
    expect((await world.payout()).payout.attention).toBe('mismatch');
    expect(world.paid()).toEqual([]);
  });

  test('shows another amount than was recorded: no confirm is sent', async () => {
    const world = await createWorld();
    world.setNetwork(async (request, next) => {
      const response = await next(request);
      if (!request.url.endsWith('session/status')) return response;
      return new Response((await response.text()).replaceAll('150000', '160000'), response);
    });
    await world.pay('00');
    await world.reaches('needs_attention');
    await world.pass(20 * 60_000);
    expect(world.paid()).toEqual([]);
  });
});
