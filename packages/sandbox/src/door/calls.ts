import { maskAccount } from '../bank/account.js';
import type { Bank, Effect } from '../bank/bank.js';
import { cardBrand } from '../bank/card.js';
import { invalidRequest, type PayoutOrder, type Session, type Version } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';
import { bankTime } from '../time/stamp.js';
import { FPS_BANKS } from './fps-banks.js';
import type { Method } from './methods.js';
import type { Fields, ReadingRules } from './requests.js';
import * as requests from './requests.js';
import { wireAmount, wireSession } from './wire.js';

/** What a call works with. */
export interface CallContext {
  readonly version: Version;
  readonly fields: Fields;
  readonly bank: Bank;
  readonly vault: Vault;
  readonly settings: Settings;
}

/** The answer of a call that was done. `lost`: the caller gets an HTML page with this status instead. */
export interface CallAnswer {
  readonly body: object;
  readonly sessionId?: string;
  readonly lost?: 502 | 504;
}

/** One method of the bank's API. */
export interface Call {
  readonly versions: readonly Version[];
  readonly verb: 'POST' | 'GET';
  /** Takes `X-PARTNER-IDEMPOTENCY-KEY` (SDK: session calls). */
  readonly idempotent: boolean;
  /** @throws Refusal */
  readonly run: (context: CallContext) => CallAnswer;
}

/** documented: the session methods live in v1 and v2; the rest is not in the list of v2. */
const both = ['v1', 'v2'] as const;
const v1 = ['v1'] as const;

const safe = { verb: 'POST', idempotent: false } as const;
const keyed = { verb: 'POST', idempotent: true } as const;

/** What is behind each method. */
export const CALLS: Readonly<Record<Method, Call>> = {
  token: { versions: v1, ...safe, run: token },
  'token/info': { versions: v1, ...safe, run: tokenInfo },
  tokenize: { versions: v1, ...safe, run: tokenize },
  'wallet/balance': { versions: v1, ...safe, run: walletBalance },
  'session/create': { versions: both, ...keyed, run: create },
  'session/init/payout': { versions: both, ...keyed, run: init },
  'session/init/payout/fiscalization': { versions: both, ...keyed, run: withFiscalization(init) },
  'session/start/payout': { versions: both, ...keyed, run: start },
  'session/start/payout/fiscalization': { versions: both, ...keyed, run: withFiscalization(start) },
  'session/confirm': { versions: both, ...keyed, run: confirm },
  'session/cancel': { versions: both, ...keyed, run: cancel },
  'session/status': { versions: both, ...safe, run: status },
  'fps/banks': { versions: both, verb: 'GET', idempotent: false, run: fpsBanks },
  'fps/customer_verification': { versions: both, ...safe, run: verify },
};

/** The method with this name, if the bank has it. */
export function callNamed(name: string): Call | undefined {
  return new Map<string, Call>(Object.entries(CALLS)).get(name);
}

function token({ fields, vault, settings }: CallContext): CallAnswer {
  requests.widgetRequest(fields);
  return { body: { public_token: vault.issuePublicToken(settings.publicTokenMs) } };
}

function tokenInfo({ fields, vault, settings }: CallContext): CallAnswer {
  const asked = requests.tokenInfoRequest(fields, settings.personality);
  switch (asked.about) {
    case 'public_token':
      return { body: { info: vault.publicTokenInfo(asked.token) } };
    case 'card':
      return { body: { info: cardInfo(asked.token, vault) } };
    case 'recurrent_token':
      throw invalidRequest('recurrent_token.token: the sandbox gives out no recurrent tokens');
    case 'account_token':
      return { body: { info: accountInfo(asked.token, vault) } };
  }
}

/** documented: `{created_at, finished_at, masked_account}`; the form of the question is inferred from `tokenize`. */
function accountInfo(word: string, vault: Vault): object {
  const known = vault.account(word, 'token');
  return {
    created_at: bankTime(known.createdAt),
    finished_at: bankTime(known.expiresAt),
    masked_account: maskAccount(known.account),
  };
}

function cardInfo(hash: string, vault: Vault): object {
  const number = vault.card(hash, 'card.encrypted_card.number_hash');
  const last4 = number.slice(-4);
  return { number_hash: hash, brand: cardBrand(number), last4, country_iso3: 'RUS', type: 'debit' };
}

function tokenize({ fields, vault, settings }: CallContext): CallAnswer {
  const { bik, account } = requests.tokenizeRequest(fields, settings.personality);
  return { body: { token: vault.keepAccount(bik, account), data: { masked_account: maskAccount(account) } } };
}

function walletBalance({ fields, bank, settings }: CallContext): CallAnswer {
  requests.balanceRequest(fields);
  const amount_details = wireAmount(bank.available(), settings.personality.currencyCase);
  return { body: { wallets: [{ id: '131', amount_details }] } };
}

function create(context: CallContext): CallAnswer {
  return answer(context, context.bank.create(context.version, order(context)));
}

function init(context: CallContext): CallAnswer {
  return lossy(context, context.bank.init(context.version, order(context)), 502);
}

function start(context: CallContext): CallAnswer {
  const id = requests.sessionId(context.fields);
  return lossy(context, context.bank.start(id, order(context)), 502);
}

/** documented: the same, and `fiscalization_details` are mandatory. */
function withFiscalization(run: Call['run']): Call['run'] {
  return (context) => {
    requests.fiscalization(context.fields.fiscalization_details);
    return run(context);
  };
}

function confirm(context: CallContext): CallAnswer {
  return lossy(context, context.bank.confirm(requests.sessionId(context.fields)), 504);
}

function cancel(context: CallContext): CallAnswer {
  return answer(context, context.bank.cancel(requests.sessionId(context.fields)));
}

function status(context: CallContext): CallAnswer {
  return answer(context, context.bank.status(requests.sessionId(context.fields)));
}

function fpsBanks(): CallAnswer {
  return { body: { banks: FPS_BANKS } };
}

function verify(context: CallContext): CallAnswer {
  const { version, fields, bank } = context;
  return answer(context, bank.verify(version, requests.verificationOrder(fields, version)));
}

function order({ version, fields, vault, settings }: CallContext): PayoutOrder {
  const rules: ReadingRules = { version, vault, personality: settings.personality };
  return requests.payoutOrder(fields, rules);
}

function answer({ version, settings }: CallContext, session: Session): CallAnswer {
  const { personality, feeBasisPoints } = settings;
  const body = { session: wireSession(session, { version, personality, feeBasisPoints }) };
  return { body, sessionId: session.id };
}

function lossy(context: CallContext, effect: Effect, httpStatus: 502 | 504): CallAnswer {
  const done = answer(context, effect.session);
  return effect.answerLost ? { ...done, lost: httpStatus } : done;
}
