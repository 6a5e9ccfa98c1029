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
  /** A payout to an account of a kind that is not paid out to: it fails (documented), or the call is refused. */
  accountKind: 'fails' | 'refused';
  /** Open account numbers in calls whose check digit does not hold: taken, or refused. */
  checkDigits: 'ignored' | 'refused';
  /** Error code for a session that does not exist. */
  unknownSessionCode: 'invalid_request' | 'session_wrong_state' | 'identification_error';
  /** Error code for an account token or a card hash that the bank does not know. */
  unknownTokenCode: 'invalid_request' | 'account_not_found' | 'operation_rejected';
  /** HTTP status of a refusal in the bank’s words; only that of a repeated idempotency key is known (400). */
  refusalHttpStatus: number;
  /** session/cancel also stops a payout that is in processing. */
  cancelWhileProcessing: boolean;
  /** Status of a payout after session/confirm until its end; an example of the bank’s sibling says pending. */
  confirmedPayoutStatus: 'in_progress' | 'pending';
  /** An idempotency key of a call refused as invalid_request may be used again, or not. */
  keyAfterRefusal: 'free' | 'used';
  /** An idempotency key is good for one call of the project, or for one of each method. */
  keyScope: 'project' | 'method';
  /** tokenize gives the same token for the same account each time. */
  tokenizeRepeats: boolean;
  /** The type by which token/info is asked about an account token. */
  accountTokenQuestion: 'bank_account_ru' | 'bank_account';
  /** Currencies in answers and webhooks: rub as in the documentation, or RUB as seen live. */
  currencyCase: 'lower' | 'upper';
  /** A session that waits for confirmation tells actions.confirm, the moment until which it waits: seen live, its meaning is inferred. */
  actions: boolean;
  /** Name of the BIK in answers and webhooks; one integrator reads bic. */
  bikName: 'bik' | 'bic';
  /** What a GET without a body is signed over: the empty string, the [] of the bank’s SDK, or either. */
  emptyGet: 'either' | 'nothing' | 'brackets';
  /** A webhook is taken for received with HTTP 200 alone, or with any 2xx. */
  webhookWants: '200' | '2xx';
  /** Webhooks carry X-PARTNER-PROJECT. */
  webhookProject: boolean;
  /** token, token/info, tokenize and wallet/balance answer in v2 too; they are not in the list of methods that have v2. */
  v2Everywhere: boolean;
  /** Name of the widget’s class on the page. */
  widgetGlobal: string;
  /** Id of the element that the widget draws itself in, and the source it names in messages. */
  widgetContainer: string;
  /** How the widget tells its result: by a callback, by a message on the page, or both. */
  widgetChannel: 'both' | 'callback' | 'message';
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
  /** Lifetime of an account token: that it has one is inferred, its length is ours. */
  accountTokenMs: number;
  /** Wait before a refused webhook is sent again; doubles each time (documented: growing intervals; the numbers are ours). */
  webhookFirstWaitMs: number;
  /** The longest of these waits. */
  webhookLongestWaitMs: number;
  /** Fee of the partner in hundredths of a percent, told in amounts of a paid payout; 0 tells none, as long as the bank’s manager has not switched it on. */
  feeBasisPoints: number;
  /** Calls must carry X-PARTNER-SUBMERCHANT, as those of institutions that are not resident in Russia. */
  submerchantRequired: boolean;
  /** How long an idempotency key is remembered: the bank’s own time is not known. */
  idempotencyKeyMs: number;
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
  accountKind: 'fails',
  checkDigits: 'ignored',
  unknownSessionCode: 'invalid_request',
  unknownTokenCode: 'invalid_request',
  refusalHttpStatus: 200,
  cancelWhileProcessing: false,
  confirmedPayoutStatus: 'in_progress',
  keyAfterRefusal: 'free',
  keyScope: 'project',
  tokenizeRepeats: false,
  accountTokenQuestion: 'bank_account_ru',
  currencyCase: 'lower',
  actions: true,
  bikName: 'bik',
  emptyGet: 'either',
  webhookWants: '200',
  webhookProject: false,
  v2Everywhere: false,
  widgetGlobal: 'Bank131Tokenize',
  widgetContainer: 'bank131-tokenize',
  widgetChannel: 'both',
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
  accountTokenMs: 3 * 365 * 24 * HOUR,
  webhookFirstWaitMs: 1_000,
  webhookLongestWaitMs: 60_000,
  feeBasisPoints: 0,
  submerchantRequired: false,
  idempotencyKeyMs: 365 * 24 * HOUR,
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
  accountKind: z
    .enum(['fails', 'refused'])
    .exactOptional()
    .describe(
      'A payout to an account of a kind that is not paid out to: it fails (documented), or the call is refused.',
    ),
  checkDigits: z
    .enum(['ignored', 'refused'])
    .exactOptional()
    .describe('Open account numbers in calls whose check digit does not hold: taken, or refused.'),
  unknownSessionCode: z
    .enum(['invalid_request', 'session_wrong_state', 'identification_error'])
    .exactOptional()
    .describe('Error code for a session that does not exist.'),
  unknownTokenCode: z
    .enum(['invalid_request', 'account_not_found', 'operation_rejected'])
    .exactOptional()
    .describe('Error code for an account token or a card hash that the bank does not know.'),
  refusalHttpStatus: z
    .int()
    .min(200)
    .max(499)
    .exactOptional()
    .describe(
      'HTTP status of a refusal in the bank’s words; only that of a repeated idempotency key is known (400).',
    ),
  cancelWhileProcessing: z
    .boolean()
    .exactOptional()
    .describe('session/cancel also stops a payout that is in processing.'),
  confirmedPayoutStatus: z
    .enum(['in_progress', 'pending'])
    .exactOptional()
    .describe(
      'Status of a payout after session/confirm until its end; an example of the bank’s sibling says pending.',
    ),
  keyAfterRefusal: z
    .enum(['free', 'used'])
    .exactOptional()
    .describe('An idempotency key of a call refused as invalid_request may be used again, or not.'),
  keyScope: z
    .enum(['project', 'method'])
    .exactOptional()
    .describe('An idempotency key is good for one call of the project, or for one of each method.'),
  tokenizeRepeats: z
    .boolean()
    .exactOptional()
    .describe('tokenize gives the same token for the same account each time.'),
  accountTokenQuestion: z
    .enum(['bank_account_ru', 'bank_account'])
    .exactOptional()
    .describe('The type by which token/info is asked about an account token.'),
  currencyCase: z
    .enum(['lower', 'upper'])
    .exactOptional()
    .describe('Currencies in answers and webhooks: rub as in the documentation, or RUB as seen live.'),
  actions: z
    .boolean()
    .exactOptional()
    .describe(
      'A session that waits for confirmation tells actions.confirm, the moment until which it waits: seen live, its meaning is inferred.',
    ),
  bikName: z
    .enum(['bik', 'bic'])
    .exactOptional()
    .describe('Name of the BIK in answers and webhooks; one integrator reads bic.'),
  emptyGet: z
    .enum(['either', 'nothing', 'brackets'])
    .exactOptional()
    .describe(
      'What a GET without a body is signed over: the empty string, the [] of the bank’s SDK, or either.',
    ),
  webhookWants: z
    .enum(['200', '2xx'])
    .exactOptional()
    .describe('A webhook is taken for received with HTTP 200 alone, or with any 2xx.'),
  webhookProject: z.boolean().exactOptional().describe('Webhooks carry X-PARTNER-PROJECT.'),
  v2Everywhere: z
    .boolean()
    .exactOptional()
    .describe(
      'token, token/info, tokenize and wallet/balance answer in v2 too; they are not in the list of methods that have v2.',
    ),
  widgetGlobal: z
    .string()
    .regex(/^[A-Za-z_$][\w$]{0,63}$/, 'must be a JavaScript name')
    .exactOptional()
    .describe('Name of the widget’s class on the page.'),
  widgetContainer: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,63}$/, 'must be an id such as bank131-tokenize')
    .exactOptional()
    .describe('Id of the element that the widget draws itself in, and the source it names in messages.'),
  widgetChannel: z
    .enum(['both', 'callback', 'message'])
    .exactOptional()
    .describe('How the widget tells its result: by a callback, by a message on the page, or both.'),
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
  accountTokenMs: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .exactOptional()
    .describe('Lifetime of an account token: that it has one is inferred, its length is ours.'),
  webhookFirstWaitMs: ms
    .exactOptional()
    .describe(
      'Wait before a refused webhook is sent again; doubles each time (documented: growing intervals; the numbers are ours).',
    ),
  webhookLongestWaitMs: ms.exactOptional().describe('The longest of these waits.'),
  feeBasisPoints: z
    .int()
    .min(0)
    .max(10_000)
    .exactOptional()
    .describe(
      'Fee of the partner in hundredths of a percent, told in amounts of a paid payout; 0 tells none, as long as the bank’s manager has not switched it on.',
    ),
  submerchantRequired: z
    .boolean()
    .exactOptional()
    .describe(
      'Calls must carry X-PARTNER-SUBMERCHANT, as those of institutions that are not resident in Russia.',
    ),
  idempotencyKeyMs: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .exactOptional()
    .describe('How long an idempotency key is remembered: the bank’s own time is not known.'),
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
