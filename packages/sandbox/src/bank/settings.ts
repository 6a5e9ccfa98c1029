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
  webhookVersion: z.enum(['call', 'v1', 'v2']).exactOptional(),
  echoToken: z.boolean().exactOptional(),
  autoConfirm: z.boolean().exactOptional(),
  lateStartOnCancelled: z.boolean().exactOptional(),
  statusLagMs: ms.exactOptional(),
  cancelLosesRace: z.boolean().exactOptional(),
  errorThenSuccess: z.boolean().exactOptional(),
  failedSessionStatus: z.enum(['cancelled', 'accepted']).exactOptional(),
  webhookOnCancel: z.boolean().exactOptional(),
  lowBalance: z.enum(['fails', 'refused']).exactOptional(),
});

/** Checks a patch of the settings; unknown names are refused, so that a slip of the pen does not pass. */
export const settingsPatch = z.strictObject({
  webhooks: z.boolean().exactOptional(),
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .exactOptional(),
  processingMs: ms.exactOptional(),
  confirmTimeoutMs: ms.exactOptional(),
  shortConfirmTimeoutMs: ms.exactOptional(),
  returnAfterMs: ms.exactOptional(),
  webhookTimeoutMs: ms.exactOptional(),
  publicTokenMs: ms.exactOptional(),
  walletBalance: z.int().min(0).exactOptional(),
  personality: personalityPatch.exactOptional(),
});

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
