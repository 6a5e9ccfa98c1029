import { type Bank131, BankError, createBank131, ResponseError } from '@b131/api';
import { describe, expect, it } from 'vitest';
import { accountEndingWith, createSandbox, DEFAULT_BIK, type Sandbox, virtualClock } from '../src/index.js';
import { type ApiVersion, keys } from './support/desk.js';

/** The kit's own client at the sandbox's door, and what it makes of the webhooks. */
async function open(apiVersion: ApiVersion) {
  const { partner, bank: bankKeys } = await keys();
  const clock = virtualClock();
  const webhooks: string[] = [];
  const sandbox: Sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bankKeys.privateKey,
    clock,
    webhookUrl: 'http://shop.example/webhooks',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const bytes = new Uint8Array(await request.arrayBuffer());
      const { type, session } = await bank.verifyWebhook(bytes, request.headers.get('x-partner-sign'));
      webhooks.push(`${type} ${session.payouts[0]?.status}`);
      return new Response();
    },
  });
  const bank: Bank131 = createBank131({
    environment: { api: 'http://127.0.0.1:4131' },
    project: 'shop',
    privateKey: partner.privateKey,
    bankPublicKeys: [bankKeys.publicKey],
    apiVersion,
    fetch: (input, init) => sandbox.fetch(new Request(input, init)),
  });
  const pass = (ms: number) => clock.advance(ms, () => sandbox.idle());
  const start = async (ending: string) => {
    const numbers = { bik: DEFAULT_BIK, account: accountEndingWith(ending) };
    const { token } = await bank.tokenize({ type: 'bank_account_ru', bank_account_ru: numbers });
    const { id: session_id } = await bank.session.create();
    const ru = { token, full_name: 'Ivanov Ivan', description: 'Money transfer' };
    const payout_details = { type: 'bank_account', bank_account: { system_type: 'ru', ru } } as const;
    const amount_details = { amount: 10_000, currency: 'RUB' };
    const started = bank.session.startPayout({ session_id, payout_details, amount_details });
    return { session_id, started };
  };
  return { bank, sandbox, webhooks, pass, start };
}

describe.each(['v1', 'v2'] as const)('the client of the kit in %s', (version) => {
  it('pays and believes the webhooks', async () => {
    const { bank, sandbox, webhooks, pass, start } = await open(version);
    const { session_id, started } = await start('00');
    expect((await started).payouts[0]?.status).toBe('in_progress');
    await pass(1_000);
    expect((await bank.session.status({ session_id })).next_action).toBe('confirm');
    await bank.session.confirm({ session_id });
    await pass(1_000);
    expect((await bank.session.status({ session_id })).payouts[0]?.status).toBe('succeeded');
    expect(webhooks).toEqual(['ready_to_confirm pending', 'payment_finished succeeded']);
    expect(sandbox.ledger()).toHaveLength(1);
  });

  it('sees a refusal and a lost answer for what they are', async () => {
    const { start } = await open(version);
    await expect((await start('95')).started).rejects.toMatchObject({ code: 'operation_rejected' });
    await expect((await start('95')).started).rejects.toBeInstanceOf(BankError);
    await expect((await start('98')).started).rejects.toBeInstanceOf(ResponseError);
  });
});

it('the client reads tokens and the wallet', async () => {
  const { bank } = await open('v2');
  const { public_token } = await bank.token.create({ tokenize_widget: { access: true } });
  const info = await bank.token.info({ type: 'public_token', public_token: { token: public_token } });
  expect(info.is_active).toBe(true);
  const { wallets } = await bank.wallet.balance();
  expect(wallets[0]?.amount_details.amount).toBe(100_000_000);
});
