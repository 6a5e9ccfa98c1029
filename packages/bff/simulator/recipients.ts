import { z } from 'zod';
import type { PayoutStatus } from '../dist/index.js';
import { payoutStatuses } from '../dist/index.js';
import type { Account, createBankDesk } from './bank-desk.ts';
import type { Book } from './book.ts';
import type { Random } from './random.ts';
import { origin } from './replica.ts';
import type { Replicas } from './replicas.ts';
import type { Stage } from './stage.ts';
import type { TicketOffice } from './substitutes/tickets.ts';

/** What the BFF promised a recipient: it has taken this payout. */
export interface Promised {
  readonly ref: string;
  readonly payoutId: string;
}

export interface RecipientParts {
  readonly stage: Stage;
  readonly replicas: Replicas;
  readonly office: TicketOffice;
  readonly book: Book;
  readonly bankDesk: ReturnType<typeof createBankDesk>;
  /** Every answer 202 goes here. */
  readonly promised: Promised[];
}

const view = z.object({
  id: z.string(),
  status: z.enum(payoutStatuses),
  attempt: z.number(),
  retryable: z.boolean(),
});
const answer = z.object({ payout: view.optional() });

type View = z.infer<typeof view>;

const over: readonly PayoutStatus[] = ['succeeded', 'returned'];

/** Somebody with a browser who wants to be paid for one reference: impatient, forgetful, and of two minds. */
export async function receive(parts: RecipientParts, index: number): Promise<void> {
  const { stage, office, replicas, book, bankDesk, promised } = parts;
  const { scheduler, plan, trace, tally } = stage;
  const random = stage.random.fork(`recipient ${index}`);
  const ref = `ref-${index}`;
  const owed = {
    ref,
    subject: `subject-${random.between(1, plan.recipients)}`,
    amount: random.between(1, 300) * 1000 + random.between(0, 99),
    currency: 'RUB',
    fullName: 'Ivanov Ivan',
    description: 'Services',
    metadata: { city: 'Казань' },
  };
  const mint = () => office.issue({ ...owed, issuedAt: scheduler.now() / 1000 });
  let ticket = mint();

  await scheduler.sleep(random.between(0, Math.min(plan.storm / 2, 120_000)));
  if (random.chance(0.2)) await send('GET', '/payouts/current');
  let account = await open();
  for (let tries = 0; tries < 4; tries += 1) {
    await click(account);
    const last = await follow();
    if (!last || over.includes(last.status) || !last.retryable || random.chance(0.2)) return;
    account = random.chance(0.8) ? await open() : account;
  }

  async function open(): Promise<Account> {
    const account = await bankDesk.open(ending(random));
    book.enter(account);
    return account;
  }

  /** Presses the button, perhaps twice, perhaps with another account in a second window, and again after an error. */
  async function click(account: Account): Promise<void> {
    for (let tries = 0; tries < 4; tries += 1) {
      const clicks = [start(account)];
      if (random.chance(0.25)) clicks.push(start(account));
      if (random.chance(0.1)) clicks.push(start(await open()));
      const views = await Promise.all(clicks);
      if (views.some((one) => one !== null)) return;
      await scheduler.sleep(random.between(500, 15_000));
    }
  }

  async function start({ kind, token }: Account): Promise<View | null> {
    return send('POST', '/payouts', kind === 'card' ? { numberHash: token } : { token });
  }

  /** Watches until it is over, or they lose interest. */
  async function follow(): Promise<View | null> {
    let last: View | null = null;
    for (let looks = 0; looks < 9; looks += 1) {
      await scheduler.sleep(random.between(2000, 45_000));
      last = (await send('GET', '/payouts/current')) ?? last;
      if (last && (over.includes(last.status) || last.retryable)) return last;
      if (last?.status === 'awaiting_confirmation' && plan.confirm === 'recipient') await answerBank(last);
      if (random.chance(0.06)) await start(await open());
    }
    return last;
  }

  /** Says a word about what is shown; sometimes both words at once, or about an attempt of long ago. */
  async function answerBank({ id, attempt }: View): Promise<void> {
    const say = (word: string, about: number) => send('POST', `/payouts/${id}/${word}`, { attempt: about });
    await scheduler.sleep(random.between(0, 20_000));
    if (random.chance(0.15)) return;
    const word = random.chance(0.7) ? 'confirm' : 'cancel';
    const words = [say(word, random.chance(0.05) ? Math.max(1, attempt - 1) : attempt)];
    if (random.chance(0.2)) words.push(say(word === 'confirm' ? 'cancel' : 'confirm', attempt));
    await Promise.all(words);
  }

  async function send(method: string, path: string, body?: object): Promise<View | null> {
    try {
      const response = await replicas.request(path, {
        method,
        headers: { authorization: `Bearer ${ticket}`, origin, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      trace.say(ref, `${method} ${path}: ${response.status}`);
      tally.add(`http: ${method} ${path.replace(/pay_\w+/, ':id')} ${response.status}${codeIn(text)}`);
      // A payout was withdrawn, and the merchant of the simulation finds that it is owed still.
      if (response.status === 401) ticket = mint();
      const { payout } = answer.parse(JSON.parse(text));
      if (payout && response.status === 202) promised.push({ ref, payoutId: payout.id });
      return payout ?? null;
    } catch (error) {
      trace.say(ref, `${method} ${path}: ${String(error)}`);
      tally.add(`http: ${method} ${path.replace(/pay_\w+/, ':id')} no answer`);
      return null;
    }
  }
}

/** Half of the accounts are ordinary; the others are the sandbox's magic ones. */
function ending(random: Random): string {
  if (random.chance(0.5)) return '00';
  return random.pick(['91', '92', '93', '94', '95', '96', '97', '98', '98', '99', '99']);
}

function codeIn(text: string): string {
  const code = /"code":"([a-z_]+)","detail/.exec(text)?.[1];
  return code === undefined ? '' : ` ${code}`;
}
