import { maskAccount } from '../bank/account.js';
import type { Bank, Effect } from '../bank/bank.js';
import { cardBrand } from '../bank/card.js';
import type { Session, Version } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';
import { bankTime } from '../time/stamp.js';
import { FPS_BANKS } from './fps-banks.js';
import type { Fields } from './requests.js';
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

/** Every method the sandbox answers, by its path after `/api/{version}/`. */
export const CALLS: Readonly<Record<string, Call>> = {
  token: { versions: v1, verb: 'POST', idempotent: false, run: token },
  'token/info': { versions: v1, verb: 'POST', idempotent: false, run: tokenInfo },
  tokenize: { versions: v1, verb: 'POST', idempotent: false, run: tokenize },
  'wallet/balance': { versions: v1, verb: 'POST', idempotent: false, run: walletBalance },
  'session/create': { versions: both, verb: 'POST', idempotent: true, run: create },
  'session/init/payout': { versions: both, verb: 'POST', idempotent: true, run: init },
  'session/start/payout': { versions: both, verb: 'POST', idempotent: true, run: start },
  'session/confirm': { versions: both, verb: 'POST', idempotent: true, run: confirm },
  'session/cancel': { versions: both, verb: 'POST', idempotent: true, run: cancel },
  'session/status': { versions: both, verb: 'POST', idempotent: false, run: status },
  'fps/banks': { versions: both, verb: 'GET', idempotent: false, run: fpsBanks },
};

function token({ fields, vault, settings }: CallContext): CallAnswer {
  requests.tokenizeWidget(fields);
  return { body: { public_token: vault.issuePublicToken(settings.publicTokenMs) } };
}

function tokenInfo({ fields, vault }: CallContext): CallAnswer {
  const asked = requests.tokenInfoRequest(fields);
  if (asked.type === 'public_token')
    return { body: { info: vault.publicTokenInfo(asked.public_token.token) } };
  if (asked.type === 'card')
    return { body: { info: cardInfo(asked.card.encrypted_card.number_hash, vault) } };
  return { body: { info: accountInfo(asked.bank_account_ru.token, vault) } };
}

/** documented: `{created_at, finished_at, masked_account}`; the form of the question is inferred from `tokenize`. */
function accountInfo(word: string, vault: Vault): object {
  const known = vault.account(word, 'bank_account_ru.token');
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

function tokenize({ fields, vault }: CallContext): CallAnswer {
  const { bik, account } = requests.tokenizeRequest(fields);
  return { body: { token: vault.keepAccount(bik, account), data: { masked_account: maskAccount(account) } } };
}

function walletBalance({ bank }: CallContext): CallAnswer {
  return { body: { wallets: [{ id: '131', amount_details: wireAmount(bank.available()) }] } };
}

function create(context: CallContext): CallAnswer {
  const { version, fields, bank, vault } = context;
  return answer(context, bank.create(version, requests.payoutOrder(fields, version, vault)));
}

function init(context: CallContext): CallAnswer {
  const { version, fields, bank, vault } = context;
  return lossy(context, bank.init(version, requests.payoutOrder(fields, version, vault)), 502);
}

function start(context: CallContext): CallAnswer {
  const { version, fields, bank, vault } = context;
  const id = requests.sessionId(fields);
  return lossy(context, bank.start(id, requests.payoutOrder(fields, version, vault)), 502);
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

function answer({ version, settings }: CallContext, session: Session): CallAnswer {
  const body = { session: wireSession(session, version, settings.personality.echoToken) };
  return { body, sessionId: session.id };
}

function lossy(context: CallContext, effect: Effect, httpStatus: 502 | 504): CallAnswer {
  const done = answer(context, effect.session);
  return effect.answerLost ? { ...done, lost: httpStatus } : done;
}
