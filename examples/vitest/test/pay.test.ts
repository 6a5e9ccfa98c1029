import { createBank131, generateKeyPair, verifyBody } from '@b131/api';
import { accountEndingWith, createSandbox, DEFAULT_BIK, virtualClock } from '@b131/sandbox';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { begin, proceed } from '../pay.ts';

/** Keys cost a moment to make: one pair for all tests. */
let partner: Awaited<ReturnType<typeof generateKeyPair>>;
let bankKeys: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  [partner, bankKeys] = await Promise.all([generateKeyPair(), generateKeyPair()]);
}, 60_000);

function world() {
  const clock = virtualClock();
  const webhooks: { body: string; signed: boolean }[] = [];
  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bankKeys.privateKey,
    clock,
    webhookUrl: 'https://shop.example/webhooks',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const bytes = new Uint8Array(await request.arrayBuffer());
      const signature = request.headers.get('x-partner-sign') ?? '';
      const signed = await verifyBody(bankKeys.publicKey, bytes, signature);
      webhooks.push({ body: new TextDecoder().decode(bytes), signed });
      return new Response();
    },
  });
  const bank = createBank131({
    environment: { api: 'https://bank.example' },
    project: 'shop',
    privateKey: partner.privateKey,
    bankPublicKeys: [bankKeys.publicKey],
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const pass = (ms: number) => clock.advance(ms, () => sandbox.idle());
  const debtTo = async (ending: string) => {
    const account = { bik: DEFAULT_BIK, account: accountEndingWith(ending) };
    const { token } = await bank.tokenize({ type: 'bank_account_ru', bank_account_ru: account });
    return { ref: 'week-47', amount: 425_000, accountToken: token, fullName: 'Ivanov Ivan Ivanovich' };
  };
  return { sandbox, bank, pass, webhooks, debtTo };
}

let here: ReturnType<typeof world>;
beforeEach(() => {
  here = world();
});

it('pays, and hears of it by signed webhooks', async () => {
  const { bank, sandbox, pass, webhooks, debtTo } = here;
  const session = await begin(bank, await debtTo('00'));
  await pass(1_000);
  expect(await proceed(bank, session)).toBe('under way');
  await pass(1_000);
  expect(await proceed(bank, session)).toBe('paid');
  expect(sandbox.ledger()).toMatchObject([{ kind: 'paid', amount: 425_000, masked_account: '40817***9500' }]);
  expect(webhooks.map(({ body }) => JSON.parse(body).type)).toEqual(['ready_to_confirm', 'payment_finished']);
  expect(webhooks.every(({ signed }) => signed)).toBe(true);
});

it('says that it failed when the bank does', async () => {
  const { bank, pass, debtTo } = here;
  const session = await begin(bank, await debtTo('91'));
  await pass(1_000);
  expect(await proceed(bank, session)).toBe('failed');
});

it.each(['timeout_after ms=0', 'reset_after', 'html_after', 'truncated', 'error_after'])(
  'pays once though the answer to confirm is lost by %s',
  async (fault) => {
    const { bank, sandbox, pass, debtTo } = here;
    const session = await begin(bank, await debtTo('00'));
    await pass(1_000);
    const [kind = '', ms] = fault.split(' ms=');
    const order = { kind, on: 'session/confirm', ...(ms && { ms: Number(ms) }) };
    await sandbox.fetch(
      new Request('https://bank.example/sandbox/faults', { method: 'POST', body: JSON.stringify(order) }),
    );
    await proceed(bank, session);
    await pass(1_000);
    expect(await proceed(bank, session)).toBe('paid');
    expect(sandbox.ledger()).toHaveLength(1);
  },
);
