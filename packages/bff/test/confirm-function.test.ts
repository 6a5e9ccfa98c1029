import { describe, expect, test } from 'vitest';
import { type BffOptions, ConfigurationError, type ConfirmFunction, createBff } from '../src/index.js';
import { createWorld, type World, type WorldOptions } from './support/world.js';

const hour = 3_600_000;

interface Asked {
  world: World;
  /** What the function was asked, each time. */
  asked: Parameters<ConfirmFunction>[];
}

/** A world whose merchant answers, in order, what the list holds; the last answer stays. */
async function worldThatSays(
  answers: readonly (() => unknown)[],
  bff: Partial<BffOptions> = {},
  rest: WorldOptions = {},
): Promise<Asked> {
  const asked: Parameters<ConfirmFunction>[] = [];
  const confirm = (...question: Parameters<ConfirmFunction>) => {
    asked.push(question);
    return answers[Math.min(asked.length, answers.length) - 1]?.();
  };
  // What JavaScript may answer is more than the type permits.
  const world = await createWorld({ ...rest, bff: { ...bff, confirm: confirm as ConfirmFunction } });
  return { world, asked };
}

const failures = ({ events }: World) =>
  events.flatMap((event) => (event.type === 'confirm.failed' ? [event.code] : []));

describe('a function that confirms', () => {
  test('is asked once the checks have passed, and what it is told holds no name, no token, no account', async () => {
    const { world, asked } = await worldThatSays([() => 'confirm']);
    await world.pay('00');
    await world.reaches('succeeded');
    expect(world.paid()).toHaveLength(1);
    const { payout, attempts } = await world.payout();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.slice(0, 2)).toEqual([
      {
        id: payout.id,
        ref: 'week-47',
        subject: 'courier-7',
        amount: 150_000,
        currency: 'RUB',
        description: 'Courier services, VAT exempt',
        metadata: { city: 'Казань' },
        attempt: 1,
        destination: { kind: 'bank_account', masked: attempts[0]?.masked },
      },
      { id: attempts[0]?.sessionId, confirmBy: expect.any(Date) },
    ]);
    const word = (await world.journal()).find(({ kind }) => kind === 'word');
    expect(word?.data).toEqual({ say: 'confirm', by: 'merchant' });
  });

  test('is not asked about what does not match', async () => {
    const { world, asked } = await worldThatSays([() => 'confirm']);
    world.setNetwork(async (request, next) => {
      const response = await next(request);
      if (!request.url.endsWith('session/status')) return response;
      return new Response((await response.text()).replaceAll('150000', '160000'), response);
    });
    await world.pay('00');
    await world.reaches('needs_attention');
    expect(asked).toEqual([]);
  });

  test('has its word held against the bank once more', async () => {
    let said = false;
    const { world } = await worldThatSays([
      () => {
        said = true;
        return 'confirm';
      },
    ]);
    world.setNetwork(async (request, next) => {
      const response = await next(request);
      if (!said || !request.url.endsWith('session/status')) return response;
      return new Response((await response.text()).replaceAll('150000', '160000'), response);
    });
    await world.pay('00');
    await world.reaches('needs_attention');
    expect(world.paid()).toEqual([]);
  });

  test('is not asked while confirms are paused', async () => {
    const { world, asked } = await worldThatSays([() => 'confirm']);
    await world.bff().operator.pause({ confirm: true }, { who: 'anna', why: 'drill' });
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.pass(60_000);
    expect(asked).toEqual([]);
    await world.bff().operator.pause({ confirm: false }, { who: 'anna', why: 'drill over' });
    await world.reaches('succeeded');
  });
});

test('one that cancels: nothing is paid, and another account may be tried', async () => {
  const { world } = await worldThatSays([() => 'cancel', () => 'confirm']);
  await world.pay('00');
  await world.reaches('cancelled');
  expect(world.paid()).toEqual([]);
  // By a ticket that the merchant minted after their no.
  await world.pass(1000);
  await world.pay('01');
  await world.reaches('succeeded');
  expect(world.paid()).toHaveLength(1);
});

describe('one that lets wait', () => {
  test('is asked again as the bank is, and after as long as it says', async () => {
    const { world, asked } = await worldThatSays([
      () => 'wait',
      async () => ({ wait: 120_000 }),
      () => 'confirm',
    ]);
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.pass(30_000);
    expect(asked).toHaveLength(2);
    const before = world.clock.now();
    await world.reaches('succeeded');
    expect(world.clock.now() - before).toBeGreaterThan(60_000);
    expect(world.paid()).toHaveLength(1);
  });

  test('is asked before the bank stops waiting, however long it wants', async () => {
    let waits = true;
    const minute = 60_000;
    const { world, asked } = await worldThatSays(
      [() => (waits ? { wait: 30 * 24 * hour } : 'confirm')],
      {},
      { sandbox: { settings: { confirmTimeoutMs: 10 * minute } } },
    );
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    await world.pass(minute);
    expect(asked.at(-1)?.[1].confirmBy).toEqual(new Date((await world.payout()).payout.confirmBy ?? 0));
    waits = false;
    await world.reaches('succeeded', 10 * minute);
    expect(world.paid()).toHaveLength(1);
  });

  test('for ever is cancelled by the bank in the end; nothing is paid', async () => {
    const { world } = await worldThatSays(
      [() => 'wait'],
      {},
      { sandbox: { settings: { confirmTimeoutMs: 600_000 } } },
    );
    await world.pay('00');
    await world.reaches('failed', 2 * hour);
    expect(world.paid()).toEqual([]);
  });

  test('goes on in the next process: what was waited for is in the store', async () => {
    const { world, asked } = await worldThatSays([() => ({ wait: 60_000 }), () => 'confirm']);
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    world.startBff();
    await world.reaches('succeeded');
    expect(asked).toHaveLength(2);
    expect(world.paid()).toHaveLength(1);
  });
});

describe('one that fails', () => {
  const heard: unknown[] = [];
  test.each<[string, () => unknown]>([
    [
      'threw',
      () => {
        throw new Error('a bug');
      },
    ],
    ['threw', () => Promise.reject(new Error('a bug'))],
    ['timeout', () => new Promise(() => {})],
    ['no_verdict', () => 'yes'],
    ['no_verdict', () => undefined],
    ['no_verdict', () => ({ wait: Number.NaN })],
  ])('(%s) is heard as wait, told, and asked again', async (code, fails) => {
    const onError = (error: unknown) => heard.push(error);
    const { world } = await worldThatSays([fails, () => 'confirm'], {
      onError,
      rules: { confirmTimeout: 50 },
    });
    await world.pay('00');
    await world.reaches('succeeded');
    expect(failures(world)).toEqual([code]);
    expect(world.paid()).toHaveLength(1);
  });

  test('what it threw reaches the host', () => {
    expect(heard.map(String)).toEqual(['Error: a bug', 'Error: a bug']);
  });

  test('by not being there any more, after a deploy, waits and is told; an operator can give the word', async () => {
    const { world } = await worldThatSays([() => 'wait']);
    await world.pay('00');
    await world.reaches('awaiting_confirmation');
    const { payout } = await world.payout();
    const events: string[] = [];
    const next = createBff({
      ...world.options(),
      confirm: 'automatic',
      onEvent: (event) => events.push(event.type === 'confirm.failed' ? event.code : event.type),
    });
    next.onWake(() => {});
    await world.clock.advance(60_000, () => next.drain());
    expect(events).toContain('no_function');
    expect((await world.payout()).payout.status).toBe('awaiting_confirmation');
    await next.operator.confirm(payout.id, { who: 'anna', why: 'the function is gone' });
    await next.drain();
    await world.clock.advance(60_000, () => world.sandbox.idle());
    expect(world.paid()).toHaveLength(1);
  });
});

describe('rules.confirmWithin', () => {
  const rules = { confirmWithin: 300_000 };

  test.each(['recipient', 'operator'] as const)(
    '%s: without a word in time it is cancelled',
    async (confirm) => {
      const world = await createWorld({ bff: { confirm, rules } });
      await world.pay('00');
      await world.reaches('awaiting_confirmation');
      const { payout } = await world.payout();
      expect(payout.confirmBy).toBe(payout.changedAt + rules.confirmWithin);
      await world.reaches('cancelled', 400_000);
      expect((await world.payout()).payout).toMatchObject({ errorCode: 'no_word' });
      expect(world.paid()).toEqual([]);
      await world.pay('01');
      await world.reaches('awaiting_confirmation');
    },
  );

  test('a function that lets wait is asked until then', async () => {
    const { world } = await worldThatSays([() => ({ wait: hour })], { rules });
    await world.pay('00');
    await world.reaches('cancelled', 400_000);
    expect(world.paid()).toEqual([]);
  });
});

test('a bank that pays without asking leaves a function nothing to say: refused at the start', async () => {
  const failing = worldThatSays([() => 'confirm'], { autoConfirmation: true });
  await expect(failing).rejects.toThrow(ConfigurationError);
  await expect(failing).rejects.toThrow('a function cannot be kept');
});
