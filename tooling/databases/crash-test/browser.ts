import { setTimeout as sleep } from 'node:timers/promises';
import type { PayoutStatus } from '@b131/bff';
import type { Account } from './accounts.ts';
import type { Random } from './random.ts';

/** What a browser is shown of a payout, as far as recipients here look at it. */
export interface Shown {
  id: string;
  status: PayoutStatus;
  version: number;
  attempt: number;
  confirm: 'automatic' | 'recipient' | 'operator';
  retryable: boolean;
}

export interface Answer {
  status: number;
  /** Milliseconds after which one may ask again, where the answer says so. */
  wait: number | null;
  body: { code?: string; detail?: string; payout?: Shown; viewToken?: string; publicToken?: string };
}

export interface BrowserOptions {
  /** Where living replicas answer. */
  living: () => readonly string[];
  bank: string;
  /** Origin of the page. */
  origin: string;
  random: Random;
  signal: AbortSignal;
  /** Told of an answer that no replica should ever give. */
  onOddity: (oddity: string) => void;
}

/** A recipient's browser: asks any living replica, and again and again until one has given a clear answer. */
export interface Browser {
  ask(method: 'GET' | 'POST', path: string, bearer: string, body?: object): Promise<Answer>;
  /** Reads a payout's event stream until it ends or breaks; calls back with each state. */
  follow(payoutId: string, bearer: string, onShown: (shown: Shown) => void): Promise<void>;
  /**
   * What the bank's widget does with what the recipient types. Null when the connection broke: the public token may be
   * used up, and another one is needed.
   */
  tokenize(publicToken: string, account: Account): Promise<string | null>;
}

const patience = 8000;

export function createBrowser({ living, bank, origin, random, signal, onOddity }: BrowserOptions): Browser {
  return { ask, follow, tokenize };

  async function ask(method: 'GET' | 'POST', path: string, bearer: string, body?: object): Promise<Answer> {
    for (;;) {
      signal.throwIfAborted();
      const answer = await askOnce(method, path, bearer, body);
      if (answer?.status === 500) onOddity(`${method} ${path} was answered with 500`);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await sleep(answer?.wait ?? random.between(30, 300), undefined, { signal });
    }
  }

  /** Null when nobody lives, or who was asked died over it. */
  async function askOnce(
    method: string,
    path: string,
    bearer: string,
    body: object | undefined,
  ): Promise<Answer | null> {
    const replica = anyone();
    if (replica === null) return null;
    try {
      const response = await fetch(`${replica}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          origin,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const after = response.headers.get('retry-after');
      const wait = after === null ? null : Number(after) * 1000;
      return { status: response.status, wait, body: JSON.parse(await response.text()) };
    } catch {
      return null;
    }
  }

  function anyone(): string | null {
    const [first, ...others] = living();
    return first === undefined ? null : random.pick([first, ...others]);
  }

  async function follow(payoutId: string, bearer: string, onShown: (shown: Shown) => void): Promise<void> {
    const replica = anyone();
    if (replica === null) return;
    try {
      const response = await fetch(`${replica}/payouts/${payoutId}/events`, {
        headers: { authorization: `Bearer ${bearer}`, origin },
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
      });
      const decoder = new TextDecoder();
      let text = '';
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes, { stream: true });
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data !== undefined) onShown(JSON.parse(data));
        }
      }
    } catch {
      // Its replica died, or nothing happened for long: whoever follows looks again.
    }
  }

  async function tokenize(publicToken: string, { bik, number }: Account): Promise<string | null> {
    signal.throwIfAborted();
    const text = await fetch(`${bank}/widget/api/tokenize`, {
      method: 'POST',
      headers: { 'x-public-token': publicToken, 'content-type': 'application/json' },
      body: JSON.stringify({ bik, account: number }),
      signal,
    })
      .then((response) => response.text())
      .catch(() => null);
    if (text === null) return null;
    const answer: { data?: { token: string }; error?: { code: string } } = JSON.parse(text);
    if (answer.data) return answer.data.token;
    throw new Error(`the widget refused: ${answer.error?.code}`);
  }
}
