import { bankTime } from '../time/stamp.js';
import { invalidRequest, Refusal } from './model.js';
import type { Settings } from './settings.js';

/** What a widget's token is good for at a moment. */
interface PublicToken {
  readonly createdAt: number;
  readonly expiresAt: number;
  used: boolean;
}

interface AccountSecret {
  readonly bik: string;
  readonly account: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The bank's answer about a public token (documented by the bank's sibling). */
export interface PublicTokenInfo {
  readonly token: string;
  readonly created_at: string;
  readonly finished_at: string;
  readonly is_active: boolean;
}

/** What the vault holds, as plain data. */
export interface VaultMemory {
  readonly publicTokens: readonly (readonly [string, Readonly<PublicToken>])[];
  readonly accounts: readonly (readonly [string, AccountSecret])[];
  readonly cards: readonly (readonly [string, string])[];
}

/**
 * Everything the bank keeps for others behind a random word: public tokens of the widget, account tokens, card
 * hashes.
 */
export class Vault {
  readonly #settings: Settings;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #publicTokens = new Map<string, PublicToken>();
  readonly #accounts = new Map<string, AccountSecret>();
  readonly #cards = new Map<string, string>();

  constructor(settings: Settings, now: () => number, random: () => number) {
    this.#settings = settings;
    this.#now = now;
    this.#random = random;
  }

  /** A new token for one use of the widget: 64 hex digits. */
  issuePublicToken(lifetimeMs: number): string {
    const token = this.#word();
    const createdAt = this.#now();
    this.#publicTokens.set(token, { createdAt, expiresAt: createdAt + lifetimeMs, used: false });
    return token;
  }

  /** @throws Refusal `public_token_unknown` | `public_token_used` | `public_token_expired` */
  checkPublicToken(token: string): void {
    const known = this.#publicTokens.get(token);
    if (!known) throw new Refusal('public_token_unknown', 'This public token was not issued here.');
    if (known.used) throw new Refusal('public_token_used', 'This public token was used; get a new one.');
    if (known.expiresAt <= this.#now()) {
      throw new Refusal('public_token_expired', 'This public token has expired; get a new one.');
    }
  }

  /** Uses a public token up. Call `checkPublicToken` before. */
  usePublicToken(token: string): void {
    const known = this.#publicTokens.get(token);
    if (known) known.used = true;
  }

  publicTokenInfo(token: string): PublicTokenInfo {
    const known = this.#publicTokens.get(token);
    if (!known) throw invalidRequest('public_token.token: not issued here');
    return {
      token,
      created_at: bankTime(known.createdAt),
      finished_at: bankTime(known.expiresAt),
      is_active: !known.used && known.expiresAt > this.#now(),
    };
  }

  /** A token for an account: a new one, or with `tokenizeRepeats` the one it has. */
  keepAccount(bik: string, account: string): string {
    const { accountTokenMs, personality } = this.#settings;
    const known = personality.tokenizeRepeats ? this.#tokenOf(bik, account) : undefined;
    if (known !== undefined) return known;
    const token = this.#word();
    const createdAt = this.#now();
    this.#accounts.set(token, { bik, account, createdAt, expiresAt: createdAt + accountTokenMs });
    return token;
  }

  #tokenOf(bik: string, account: string): string | undefined {
    const fits = (one: AccountSecret) =>
      one.bik === bik && one.account === account && one.expiresAt > this.#now();
    return [...this.#accounts].find(([, one]) => fits(one))?.[0];
  }

  /** @throws Refusal when the token is not known or has expired. `field` is the caller's name for it. */
  account(token: string, field: string): AccountSecret {
    const known = this.#accounts.get(token);
    if (!known) throw this.#unknown(`${field}: no account is known by this token`);
    if (known.expiresAt <= this.#now()) throw this.#unknown(`${field}: the token has expired`);
    return known;
  }

  /** A hash for a card number. */
  keepCard(number: string): string {
    const hash = this.#word();
    this.#cards.set(hash, number);
    return hash;
  }

  /** @throws Refusal when the hash is not known. `field` is the caller's name for it. */
  card(hash: string, field: string): string {
    const number = this.#cards.get(hash);
    if (!number) throw this.#unknown(`${field}: no card is known by this hash`);
    return number;
  }

  /** Everything kept, as plain data: for a file. Holds account and card numbers. */
  memory(): VaultMemory {
    return {
      publicTokens: [...this.#publicTokens],
      accounts: [...this.#accounts],
      cards: [...this.#cards],
    };
  }

  remember({ publicTokens, accounts, cards }: VaultMemory): void {
    for (const [token, known] of publicTokens) this.#publicTokens.set(token, { ...known });
    for (const [token, known] of accounts) this.#accounts.set(token, known);
    for (const [hash, number] of cards) this.#cards.set(hash, number);
  }

  /** assumed: which code the bank has for this. */
  #unknown(description: string): Refusal {
    const hint = `${description}. Tokens and hashes belong to the sandbox that gave them out: after a restart without --persist they are void.`;
    return new Refusal(this.#settings.personality.unknownTokenCode, description, hint);
  }

  #word(): string {
    let word = '';
    while (word.length < 64) {
      word += Math.floor(this.#random() * 0x10000)
        .toString(16)
        .padStart(4, '0');
    }
    return word;
  }
}
