import { accountEndingWith, DEFAULT_BIK } from '../bank/account.js';
import { MAGIC_ENDINGS } from '../bank/outcomes.js';
import { DEFAULT_SETTINGS, type Settings } from '../bank/settings.js';

/** The public keys, and where all four lie, where the sandbox has them in files. */
export interface KeyFacts {
  readonly partnerPublicKey: string;
  readonly bankPublicKey: string;
  readonly paths: {
    readonly partnerPrivate: string;
    readonly partnerPublic: string;
    readonly bankPrivate: string;
    readonly bankPublic: string;
  };
}

/** What a client of this sandbox has to know. */
export interface Setup {
  /** Tells one start of the sandbox from the next. */
  readonly startedAt: number;
  readonly project: string;
  /** Where the sandbox is reached, such as `http://127.0.0.1:4131`. */
  readonly origin: string;
  readonly bik: string;
  readonly accounts: readonly {
    readonly ending: string;
    readonly account: string;
    readonly meaning: string;
  }[];
  readonly keys: KeyFacts | null;
  /** What the settings are when nobody changes them. */
  readonly defaults: Settings;
}

/** What `setupOf` is told. */
export interface SetupFacts {
  readonly project: string;
  readonly publicOrigin: string | undefined;
  readonly startedAt: number;
  readonly keys: KeyFacts | undefined;
}

export function setupOf(url: string, { project, publicOrigin, startedAt, keys }: SetupFacts): Setup {
  return {
    startedAt,
    project,
    origin: publicOrigin ?? new URL(url).origin,
    keys: keys ?? null,
    bik: DEFAULT_BIK,
    accounts: [
      { ending: '00 to 89', account: accountEndingWith('00'), meaning: 'succeeds' },
      ...MAGIC_ENDINGS.map(({ ending, meaning }) => ({
        ending,
        account: accountEndingWith(ending),
        meaning,
      })),
    ],
    defaults: DEFAULT_SETTINGS,
  };
}
