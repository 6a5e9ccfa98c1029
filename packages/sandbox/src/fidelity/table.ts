/**
 * How a behaviour is known: `documented` by the bank, seen in its open PHP `sdk`, or `assumed` here, be it from the
 * documentation of a sibling platform, from somebody else's integration, or from nothing. Assumed ones have a switch.
 */
export type Basis = 'documented' | 'sdk' | 'assumed';

export interface Behaviour {
  readonly id: string;
  readonly part: (typeof PARTS)[number];
  readonly what: string;
  readonly basis: Basis;
  /** Settings and personalities that change it. */
  readonly switches: readonly string[];
}

export const PARTS = [
  'Calls and versions',
  'Signature',
  'Idempotency',
  'Tokens',
  'Widget',
  'Payout orders',
  'Life of a payout',
  'Returns',
  'Answers',
  'Webhooks',
  'Refusals',
  'Wallet and Faster Payments',
] as const;

/** Everything the sandbox does as a bank, and how it is known. docs/sandbox-fidelity.md is this table. */
export const FIDELITY = [
  ...part('Calls and versions', [
    documented(
      'versions',
      'The session methods live in `/api/v1/` and `/api/v2/`; other versions do not exist',
    ),
    assumed(
      'v1-only',
      '`token`, `token/info`, `tokenize`, `wallet/balance` live in v1 alone',
      'v2Everywhere',
    ),
    documented('post', 'Calls are POST; only `fps/banks` is GET'),
    documented(
      'names',
      'v1 says `payment_method` and `payments`, v2 `payout_details` and `payout_list`; the other version’s name is refused',
    ),
    sdk('empty-object', '`[]` is an empty object, at the top of a body and inside it'),
    sdk('headers-in-lower-case', 'Header names in any case'),
    documented('project', '`X-PARTNER-PROJECT` is mandatory: `authorization_error`'),
    documented(
      'submerchant',
      '`X-PARTNER-SUBMERCHANT` is taken; mandatory for institutions that are not resident in Russia',
      'submerchantRequired',
    ),
    sdk('submerchant-not-signed', '`X-PARTNER-SUBMERCHANT` is no part of what is signed'),
  ]),
  ...part('Signature', [
    documented(
      'signature',
      '`X-PARTNER-SIGN`: RSA, SHA-256, PKCS#1 v1.5, base64; without it `authentication_error`',
    ),
    documented('raw-bytes', 'The signature is over the bytes of the body as they came, whatever they are'),
    sdk('escaped-slashes', 'A body with escaped slashes and plain non-ASCII letters, as PHP writes it'),
    sdk('get-with-brackets', 'GET signed over `[]`'),
    assumed('get-without-body', 'GET signed over the empty string', 'emptyGet'),
    documented('webhook-signature', 'Webhooks are signed the same way with the bank’s key'),
  ]),
  ...part('Idempotency', [
    sdk(
      'key-rejects',
      'A repeated `X-PARTNER-IDEMPOTENCY-KEY` is HTTP 400 `idempotency_key_already_exists`, not the first answer again',
    ),
    assumed('key-scope', 'A key is good for one call of the project', 'keyScope'),
    assumed(
      'key-after-refusal',
      'A key of a call refused as `invalid_request` is free again',
      'keyAfterRefusal',
    ),
    assumed('key-lifetime', 'A key is remembered for a year', 'idempotencyKeyMs'),
  ]),
  ...part('Tokens', [
    documented(
      'public-token',
      '`token` with `tokenize_widget.access` gives a public token: 64 hexadecimal digits',
    ),
    sdk(
      'other-widgets',
      '`token` takes `acquiring_widget` and `self_employed_widget` too, at least one, several at once',
    ),
    documented('public-token-once', 'A public token is for one use'),
    assumed('public-token-lifetime', 'A public token lives 24 hours (so says the sibling)', 'publicTokenMs'),
    documented(
      'info-public-token',
      '`token/info` of a public token: `token`, `created_at`, `finished_at`, `is_active`',
    ),
    sdk('info-card', '`token/info` of a card hash: `number_hash`, `brand`, `last4`, `country_iso3`, `type`'),
    documented(
      'info-account',
      '`token/info` of an account token: `created_at`, `finished_at`, `masked_account`',
    ),
    assumed(
      'info-account-question',
      '`token/info` is asked about an account by `bank_account_ru`, as `tokenize` is',
      'accountTokenQuestion',
    ),
    documented(
      'tokenize',
      '`tokenize` gives a token and the mask of the account: first five, `***`, last four',
    ),
    assumed('tokenize-repeats', '`tokenize` gives another token each time', 'tokenizeRepeats'),
    documented('tokens-stay', 'Account tokens and card hashes may be used again'),
    assumed('account-token-lifetime', 'Account tokens expire, after three years', 'accountTokenMs'),
    assumed('unknown-token', 'A token the bank does not know is `invalid_request`', 'unknownTokenCode'),
  ]),
  ...part('Widget', [
    assumed(
      'widget-names',
      'Global `Bank131Tokenize`, container `bank131-tokenize`, `render()`: the law of the bank’s other widgets',
      'widgetGlobal',
      'widgetContainer',
    ),
    assumed('widget-result', 'The result comes by a callback and as a message', 'widgetChannel'),
    documented('widget-account', 'An account becomes a token, a card a hash'),
  ]),
  ...part('Payout orders', [
    documented(
      'amount',
      '`amount_details.amount` is an integer of minor units above 0, the currency `rub` in any case',
    ),
    documented(
      'create-optional',
      'Everything is optional at `session/create`; what is missing is given at start',
    ),
    documented(
      'account-open',
      'Open account: `bik`, `account` of 20 digits, `full_name`, `description`, `inn`, `kpp`, `is_fast`',
    ),
    documented('account-token', 'Account token: `token`, `full_name`, `description`, and no numbers'),
    documented('description-account', '`description` up to 210 characters, without ? and !'),
    documented('description-fps', '`description` of a payout by phone up to 140 characters'),
    documented(
      'account-kind',
      'A payout to an account of a kind that is not paid out to fails',
      'accountKind',
    ),
    assumed(
      'check-digit',
      'The check digit of open numbers is not looked at (an example of the documentation does not hold)',
      'checkDigits',
    ),
    documented('cards', 'Cards: `bank_card`, `encrypted_card`, `tokenized_card`'),
    documented('customer', '`customer` and `participant_details` are taken and told again'),
    documented('metadata', '`metadata` of any JSON type is told again'),
    documented(
      'fiscalization',
      'The `/fiscalization` methods want `fiscalization_details`: up to six services, `tax_reference` of 12 digits',
    ),
  ]),
  ...part('Life of a payout', [
    documented('created', '`session/create`: `created`'),
    documented('started', '`session/start/payout`: session and payout `in_progress`'),
    documented('init', '`session/init/payout` creates and starts in one'),
    documented('ready', 'Then payout `pending`, `next_action: confirm`, webhook `ready_to_confirm`'),
    documented(
      'confirmed',
      '`session/confirm`: the payout is `in_progress` again, and ends `succeeded` or `failed`',
    ),
    assumed(
      'confirmed-status',
      'Between confirm and the end the payout is not `pending` (an example of the sibling says it is)',
      'confirmedPayoutStatus',
    ),
    documented('cancelled', '`session/cancel` before the start or while the bank waits: session `cancelled`'),
    assumed('cancel-while-processing', 'A payout in processing is not cancelled', 'cancelWhileProcessing'),
    assumed('cancel-is-final', 'A cancelled payout does not go on', 'cancelLosesRace'),
    assumed(
      'cancelled-stays',
      'A session cancelled before its start cannot be started',
      'lateStartOnCancelled',
    ),
    documented('auto-confirm', 'A manager can switch confirmation off: no `ready_to_confirm`', 'autoConfirm'),
    documented('confirm-timeout', 'Without confirmation in time: `confirm_timeout`, cancelled'),
    assumed('confirm-patience', 'The bank waits a quarter of an hour', 'confirmTimeoutMs'),
    documented('error-not-final', 'A session’s `error` is not final', 'errorThenSuccess'),
    assumed('failed-session', 'The session of a failed payout is `cancelled`', 'failedSessionStatus'),
    assumed('status-is-now', '`session/status` tells the present', 'statusLagMs'),
    assumed(
      'pace',
      'Each stage of processing takes a second (really: hours to banking days)',
      'processingMs',
    ),
  ]),
  ...part('Returns', [
    documented(
      'return-whole',
      'A recipient’s bank may send a payout back: `payment_refunded`, `refunds[]`, also in `session/status`',
    ),
    documented('return-in-part', 'Or a part of it'),
    documented('return-fps', 'Payouts by phone do not come back'),
  ]),
  ...part('Answers', [
    documented('ids', 'Ids begin with `ps_`, `po_`, `rf_`'),
    documented('timestamps', 'Timestamps are UTC with microseconds and `Z`'),
    assumed('currency-case', 'Currencies are told in lower case (seen live in upper case)', 'currencyCase'),
    assumed('echo-token', 'The payout tells the account token again', 'echoToken'),
    assumed('bik-name', 'The BIK is told as `bik` (one integrator reads `bic`)', 'bikName'),
    documented('card-answer', 'Cards are told by `brand`, `last4`, `bin`'),
    documented(
      'fees',
      '`amounts` with `net`, `gross` and `fee.merchant_fee` once a manager has switched it on',
      'feeBasisPoints',
    ),
    assumed(
      'actions',
      '`actions.confirm` tells until when the bank waits (seen live, the meaning is inferred)',
      'actions',
    ),
    documented('payout-error', 'A failed payout carries `error` with `code` and `description`'),
  ]),
  ...part('Webhooks', [
    documented('envelope', 'POST of JSON with `type` and `session`'),
    documented('until-200', 'Sent again at growing intervals until HTTP 200'),
    assumed('intervals', 'After 1, 2, 4 … 60 seconds', 'webhookFirstWaitMs', 'webhookLongestWaitMs'),
    assumed('other-2xx', 'Another 2xx is no HTTP 200', 'webhookWants'),
    assumed('receiver-patience', 'A receiver may take ten seconds', 'webhookTimeoutMs'),
    documented('webhooks-off', 'They can be off: then `session/status` is asked', 'webhooks'),
    assumed('webhook-version', 'Names of the version that made the session', 'webhookVersion'),
    assumed('webhook-project', 'No `X-PARTNER-PROJECT`', 'webhookProject'),
    assumed(
      'webhook-on-cancel',
      '`session/cancel` of a started payout sends `payment_finished`',
      'webhookOnCancel',
    ),
  ]),
  ...part('Refusals', [
    documented('error-shape', '`{"status":"error","error":{"code","description"}}`'),
    assumed('refusal-status', 'With HTTP 200', 'refusalHttpStatus'),
    documented('wrong-state', 'A step that the state does not allow: `session_wrong_state`'),
    documented('invalid-request', 'A bad request: `invalid_request`'),
    documented('operation-rejected', 'Security rules: `operation_rejected`'),
    assumed('unknown-session', 'A session that does not exist is `invalid_request`', 'unknownSessionCode'),
  ]),
  ...part('Wallet and Faster Payments', [
    documented(
      'balance',
      '`wallet/balance` goes down with each payout and up with each return',
      'walletBalance',
    ),
    documented('balance-too-low', 'Too little money: `insufficient_wallet_balance`'),
    assumed('balance-fails', 'And then the payout fails; start is not refused', 'lowBalance'),
    sdk('balance-question', '`request_datetime` is ISO 8601'),
    sdk('fps-banks', '`fps/banks`: `id`, `eng_name`, `ru_name`'),
    documented('fps-payout', 'A payout by phone: `phone`, `bank_id`'),
    sdk('fps-check', '`fps/customer_verification` answers as a session with a payout and no amount'),
  ]),
] as const;

export type FidelityId = (typeof FIDELITY)[number]['id'];

interface Known<Id extends string> {
  readonly id: Id;
  readonly what: string;
  readonly basis: Basis;
  readonly switches: readonly string[];
}

function part<Id extends string>(name: Behaviour['part'], known: readonly Known<Id>[]) {
  return known.map((one) => ({ ...one, part: name }));
}

function documented<Id extends string>(id: Id, what: string, ...switches: string[]): Known<Id> {
  return { id, what, basis: 'documented', switches };
}

function sdk<Id extends string>(id: Id, what: string, ...switches: string[]): Known<Id> {
  return { id, what, basis: 'sdk', switches };
}

function assumed<Id extends string>(id: Id, what: string, ...switches: [string, ...string[]]): Known<Id> {
  return { id, what, basis: 'assumed', switches };
}

const BASIS_WORDS = { documented: 'documented', sdk: 'the bank’s SDK', assumed: '**assumed**' };

/** The table as Markdown, for docs/sandbox-fidelity.md. */
export function fidelityMarkdown(): string {
  return PARTS.map((name) => `## ${name}\n\n${tableOf(name)}`).join('\n');
}

function tableOf(name: Behaviour['part']): string {
  const rows = FIDELITY.filter((row) => row.part === name).map(
    ({ id, what, basis, switches }) =>
      `| \`${id}\` | ${what} | ${BASIS_WORDS[basis]} | ${switches.map((one) => `\`${one}\``).join(', ')} |`,
  );
  return ['| | behaviour | how it is known | switch |', '| - | - | - | - |', ...rows, ''].join('\n');
}
