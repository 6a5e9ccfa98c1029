import { setTimeout as sleep } from 'node:timers/promises';
import { mintTicket } from '@b131/bff/tickets';
import { drawAccount } from './accounts.ts';
import type { Answer, Browser, Shown } from './browser.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

/** What a recipient is owed, and what became of it in their eyes. */
export interface Story {
  readonly ref: string;
  readonly subject: string;
  /** Minor units. */
  readonly amount: number;
  /** The account, as the bank masks it, with which each attempt was accepted. */
  readonly given: Map<number, string>;
  /** The newest state that was shown. */
  shown: Shown | null;
  /** What the recipient saw that must never be seen. */
  readonly oddities: string[];
}

export interface RecipientOptions {
  number: number;
  browser: Browser;
  random: Random;
  tally: Tally;
  ticketKey: string;
  audience: string;
  signal: AbortSignal;
}

const mostAccounts = 4;

/** A story that has yet to happen. */
export function newStory({ number, random }: Pick<RecipientOptions, 'number' | 'random'>): Story {
  return {
    ref: `week-${number}`,
    subject: `courier-${number % 40}`,
    amount: random.between(100, 500_000),
    given: new Map(),
    shown: null,
    oddities: [],
  };
}

/** Plays one recipient to the end: until they are paid, or have had enough of trying. */
export async function playRecipient(story: Story, options: RecipientOptions): Promise<void> {
  const { browser, random, tally, ticketKey, audience, signal } = options;
  const { ref, subject, amount, given, oddities } = story;

  for (let tried = 1; tried <= mostAccounts; tried += 1) {
    await giveAccount();
    if (given.size === 0) oddities.push('no account was ever accepted');
    const { status, retryable } = await watch();
    if (status === 'succeeded' || status === 'returned') return;
    if (!retryable) oddities.push(`${status}, and yet no other account is accepted`);
    if (!retryable || random.chance(0.15)) return;
  }

  /** Types an account; sometimes clicks twice, sometimes types another one in a second tab at the same time. */
  async function giveAccount(): Promise<void> {
    const clicks = [post()];
    if (random.chance(0.1)) clicks.push(post());
    await Promise.all(clicks);
  }

  async function post(): Promise<void> {
    const account = drawAccount(random, tally);
    const token = await tokenFor(account);
    const again = random.chance(0.3);
    const answers = await Promise.all([send(token), ...(again ? [send(token)] : [])]);
    for (const { status, body } of answers) {
      if (status === 202 && body.payout) {
        given.set(body.payout.attempt, account.masked);
        look(body.payout);
      } else if (!isPlainNo(body.code)) oddities.push(`POST /payouts: ${status} ${body.code} ${body.detail}`);
    }
  }

  async function send(token: string): Promise<Answer> {
    return browser.ask('POST', '/payouts', await ticket(), { token });
  }

  async function tokenFor(account: Parameters<Browser['tokenize']>[1]): Promise<string> {
    for (;;) {
      const { status, body } = await browser.ask('POST', '/public-tokens', await ticket(), {});
      if (body.publicToken === undefined) throw new Error(`no public token: ${status} ${body.code}`);
      const token = await browser.tokenize(body.publicToken, account);
      if (token !== null) return token;
    }
  }

  /** Looks until the payout is final; says yes, or seldom no, when asked. */
  async function watch(): Promise<Shown> {
    for (;;) {
      const known = story.shown?.version ?? 0;
      const { status, body } = await browser.ask('GET', '/payouts/current', await ticket());
      if (!body.payout) {
        oddities.push(`what was accepted is not found again: ${status} ${body.code}`);
        throw new Error(`${ref} is lost`);
      }
      const shown = look(body.payout);
      if (shown.version < known) oddities.push(`version ${known} was shown, then ${shown.version}`);
      if (isOver(shown)) return shown;
      if (shown.status === 'awaiting_confirmation' && shown.confirm === 'recipient') await answerTo(shown);
      else if (random.chance(0.15)) await browser.follow(shown.id, body.viewToken ?? '', look);
      await sleep(random.between(300, 900), undefined, { signal });
    }
  }

  async function answerTo({ id, attempt }: Shown): Promise<void> {
    const word = random.chance(0.1) ? 'cancel' : 'confirm';
    const { status, body } = await browser.ask('POST', `/payouts/${id}/${word}`, await ticket(), { attempt });
    if (status !== 202 && body.code !== 'not_confirmable')
      oddities.push(`${word}: ${status} ${body.code} ${body.detail}`);
  }

  function look(shown: Shown): Shown {
    if (shown.version > (story.shown?.version ?? 0)) story.shown = shown;
    return shown;
  }

  function ticket(): Promise<string> {
    return mintTicket(
      {
        ...{ sub: subject, ref, amount, currency: 'RUB' },
        ...{ full_name: 'Иванов Иван Иванович', description: 'Courier services, VAT exempt' },
      },
      { key: { algorithm: 'HS256', key: ticketKey }, audience },
    );
  }
}

/** Refusals that a second click, or a second tab, may earn. */
function isPlainNo(code: string | undefined): boolean {
  return ['payout_in_progress', 'payout_finished', 'attempts_exhausted'].includes(code ?? '');
}

function isOver({ status }: Shown): boolean {
  return ['succeeded', 'failed', 'cancelled', 'returned'].includes(status);
}
