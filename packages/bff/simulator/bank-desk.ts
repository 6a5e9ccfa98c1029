import { cardEndingWith, DEFAULT_BIK, hasValidCheckDigit, maskAccount, type Sandbox } from '@b131/sandbox';
import { z } from 'zod';
import type { Random } from './random.ts';
import { project } from './replica.ts';
import { signAs } from './substitutes/cryptography.ts';

/** An account or card, and what the bank's widget made of it. */
export interface Account {
  readonly kind: 'bank_account' | 'card';
  readonly token: string;
  /** As the bank's ledger masks it. */
  readonly masked: string;
}

const answers = {
  tokenize: z.object({ token: z.string() }),
  token: z.object({ public_token: z.string() }),
  widget: z.object({ data: z.object({ number_hash: z.string() }) }),
};

/** The bank's widget, which is reached without the BFF: its faults lead to no token and so to no payout. */
export function createBankDesk(sandbox: Sandbox, random: Random) {
  let accounts = 10;

  async function call<T>(path: string, body: object, schema: z.ZodType<T>, token = ''): Promise<T> {
    const text = JSON.stringify(body);
    const signature = await signAs('partner')(new TextEncoder().encode(text));
    const response = await sandbox.fetch(
      new Request(`http://bank.test/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-partner-project': project,
          'x-partner-sign': Buffer.from(signature).toString('base64'),
          'x-public-token': token,
        },
        body: text,
      }),
    );
    return schema.parse(await response.json());
  }

  async function card(ending: string): Promise<Account> {
    const number = cardEndingWith(ending);
    const widget = { tokenize_widget: { access: true } };
    const { public_token } = await call('api/v1/token', widget, answers.token);
    const { data } = await call('widget/api/tokenize', { card: { number } }, answers.widget, public_token);
    return { kind: 'card', token: data.number_hash, masked: `${number.slice(0, 4)}***${number.slice(-4)}` };
  }

  async function bankAccount(ending: string): Promise<Account> {
    accounts += 1;
    const account = validAccount(String(accounts % 100).padStart(2, '0') + ending);
    const body = { type: 'bank_account_ru', bank_account_ru: { bik: DEFAULT_BIK, account } };
    const { token } = await call('api/v1/tokenize', body, answers.tokenize);
    return { kind: 'bank_account', token, masked: maskAccount(account) };
  }

  return {
    /** What a recipient types into the widget: an account of their own, or a card. */
    open: (ending: string): Promise<Account> => (random.chance(0.15) ? card(ending) : bankAccount(ending)),
  };
}

/** An account with these last four digits; no two of a world are the same. */
function validAccount(last4: string): string {
  const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const candidates = digits.map((digit) => `40817810${digit}0000386${last4}`);
  const account = candidates.find((candidate) => hasValidCheckDigit(DEFAULT_BIK, candidate));
  if (account === undefined) throw new Error('no check digit fits');
  return account;
}
