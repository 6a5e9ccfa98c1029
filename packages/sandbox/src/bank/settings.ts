import { z } from 'zod';

/**
 * Assumptions about the bank that nobody outside can check, as switches. The defaults are the most probable
 * bank; software that moves money should be safe under every one of them.
 */
export interface Personality {
  /** Names in webhooks: those of the call that made the session (assumed), or always one version's. */
  webhookVersion: 'call' | 'v1' | 'v2';
  /** Does the payout object echo the account token? Assumed yes: one documented example does. */
  echoToken: boolean;
  /** documented: a bank manager can switch it on; there is no `ready_to_confirm` then, `start` moves the money. */
  autoConfirm: boolean;
  /** A session that was cancelled before it was started accepts a late start. Assumed no. */
  lateStartOnCancelled: boolean;
  /** `session/status` tells what was true this many ms ago. Assumed 0. */
  statusLagMs: number;
  /** `session/cancel` of a payout that waits for confirmation says ok, but the payout goes on. Assumed no. */
  cancelLosesRace: boolean;
  /** After confirm the session passes through `error` (documented as not final) to success. Assumed no. */
  errorThenSuccess: boolean;
  /** Status of a session whose payout failed: not documented; the error codes suggest `cancelled`. */
  failedSessionStatus: 'cancelled' | 'accepted';
  /** Does `session/cancel` of a started payout send `payment_finished`? Not documented, assumed yes. */
  webhookOnCancel: boolean;
  /** Too little money: the payout fails (assumed), or `start` is refused. */
  lowBalance: 'fails' | 'refused';
}

/** How the sandbox runs. Live: what is changed takes effect from the next step on. Times are milliseconds. */
export interface Settings {
  /** `false`: the bank sends no webhooks and forgets those that wait to be sent again. */
  webhooks: boolean;
  /** Where webhooks go; `null`: nowhere. */
  webhookUrl: string | null;
  /** How long each stage of processing takes. */
  processingMs: number;
  /** How long a payout waits for confirmation (the bank's own number is not documented). */
  confirmTimeoutMs: number;
  /** The same for accounts that end in 97. */
  shortConfirmTimeoutMs: number;
  /** After how long money comes back for accounts that end in 96. */
  returnAfterMs: number;
  /** How long a receiver of a webhook may take. */
  webhookTimeoutMs: number;
  /** Lifetime of a public token: 24 h (from the documentation of the bank's sibling). */
  publicTokenMs: number;
  /** Money in the wallet, minor units; goes down with each payout. */
  walletBalance: number;
  personality: Personality;
}

/** What callers may give: any part of the settings, any part of the personality. */
export type SettingsPatch = Partial<Omit<Settings, 'personality'>> & { personality?: Partial<Personality> };

const HOUR = 3_600_000;

export const DEFAULT_PERSONALITY: Readonly<Personality> = {
  webhookVersion: 'call',
  echoToken: true,
  autoConfirm: false,
  lateStartOnCancelled: false,
  statusLagMs: 0,
  cancelLosesRace: false,
  errorThenSuccess: false,
  failedSessionStatus: 'cancelled',
  webhookOnCancel: true,
  lowBalance: 'fails',
};

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  webhooks: true,
  webhookUrl: null,
  processingMs: 1_000,
  confirmTimeoutMs: HOUR / 4,
  shortConfirmTimeoutMs: 3_000,
  returnAfterMs: 3_000,
  webhookTimeoutMs: 10_000,
  publicTokenMs: 24 * HOUR,
  walletBalance: 100_000_000,
  personality: DEFAULT_PERSONALITY,
};

const ms = z.int().min(0).max(2_147_483_647);

const personalityPatch = z.strictObject({
  webhookVersion: z
    .enum(['call', 'v1', 'v2'])
    .exactOptional()
    .describe('Names in webhooks: those of the call that made the session, or always one version’s.'),
  echoToken: z.boolean().exactOptional().describe('The payout object tells the account token again.'),
  autoConfirm: z
    .boolean()
    .exactOptional()
    .describe(
      'No ready_to_confirm: the payout goes through after start, as when a bank manager switched confirmation off.',
    ),
  lateStartOnCancelled: z
    .boolean()
    .exactOptional()
    .describe('A session cancelled before its start can still be started.'),
  statusLagMs: ms.exactOptional().describe('session/status tells what was true so many milliseconds ago.'),
  cancelLosesRace: z
    .boolean()
    .exactOptional()
    .describe('session/cancel of a waiting payout says ok, and the payout goes on all the same.'),
  errorThenSuccess: z
    .boolean()
    .exactOptional()
    .describe('After confirm the session is error for a while, then succeeds.'),
  failedSessionStatus: z
    .enum(['cancelled', 'accepted'])
    .exactOptional()
    .describe('Status of the session of a failed payout.'),
  webhookOnCancel: z
    .boolean()
    .exactOptional()
    .describe('Cancelling a started payout sends payment_finished.'),
  lowBalance: z
    .enum(['fails', 'refused'])
    .exactOptional()
    .describe('Too little money: the payout fails, or start is refused.'),
});

/** Checks a patch of the settings; unknown names are refused, so that a slip of the pen does not pass. */
export const settingsPatch = z.strictObject({
  webhooks: z
    .boolean()
    .exactOptional()
    .describe('Off: the bank sends no webhooks and gives up those that wait to be sent again.'),
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .exactOptional()
    .describe('Where webhooks go; empty: nowhere.'),
  processingMs: ms.exactOptional().describe('Length of each stage of processing.'),
  confirmTimeoutMs: ms.exactOptional().describe('How long a payout waits for confirmation.'),
  shortConfirmTimeoutMs: ms.exactOptional().describe('The same for accounts that end in 97.'),
  returnAfterMs: ms.exactOptional().describe('When money comes back for accounts that end in 96.'),
  webhookTimeoutMs: ms.exactOptional().describe('How long a receiver of webhooks may take.'),
  publicTokenMs: ms.exactOptional().describe('Lifetime of a public token.'),
  walletBalance: z
    .int()
    .min(0)
    .exactOptional()
    .describe('Money in the wallet, in kopecks; goes down with each payout.'),
  personality: personalityPatch.exactOptional(),
});

/** The settings as JSON Schema: names, kinds, limits and a sentence each, for whoever draws a form of them. */
export function settingsSchema() {
  return z.toJSONSchema(settingsPatch);
}

/** Settings with a patch applied, in place. */
export function applyPatch(settings: Settings, patch: SettingsPatch): void {
  const { personality, ...rest } = patch;
  Object.assign(settings, rest);
  Object.assign(settings.personality, personality);
}

/** Fresh settings: the defaults and what is given. */
export function createSettings(patch: SettingsPatch): Settings {
  const settings: Settings = { ...DEFAULT_SETTINGS, personality: { ...DEFAULT_PERSONALITY } };
  applyPatch(settings, patch);
  return settings;
}
