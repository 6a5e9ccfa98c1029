import type { z } from 'zod';
import { KeyError } from '../errors/key-error.js';
import { ResponseError } from '../errors/response-error.js';
import type {
  ConfirmRequest,
  CreateSessionRequest,
  InitPayoutRequest,
  PayoutParameters,
  SessionReference,
  StartPayoutRequest,
} from '../session/request.js';
import {
  confirmRequestSchema,
  createSessionRequestSchema,
  initPayoutRequestSchema,
  sessionReferenceSchema,
  startPayoutRequestSchema,
} from '../session/request.js';
import { type Session, sessionResponseSchema } from '../session/response.js';
import type { ApiVersion } from '../session/wire-names.js';
import { importPublicKey, type PublicKey } from '../signature/public-key.js';
import { createSigner } from '../signature/sign.js';
import {
  type TokenInfoRequest,
  type TokenRequest,
  tokenInfoRequestSchema,
  tokenRequestSchema,
} from '../token/request.js';
import {
  type PublicToken,
  publicTokenSchema,
  type TokenInfo,
  tokenInfoResponseSchema,
} from '../token/response.js';
import { type TokenizeRequest, tokenizeRequestSchema } from '../tokenize/request.js';
import { type TokenizedAccount, tokenizedAccountSchema } from '../tokenize/response.js';
import { type BalanceRequest, balanceRequestSchema } from '../wallet/request.js';
import { type Balance, balanceSchema } from '../wallet/response.js';
import { checkSignature, readWebhook } from '../webhook/verify.js';
import type { Webhook } from '../webhook/webhook.js';
import { type Call, type CallOptions, createCaller } from './caller.js';
import { type Method, methods } from './method.js';
import {
  type Bank131Options,
  checkApiVersion,
  checkHeader,
  checkTimeout,
  type InferredOptions,
  resolveEnvironment,
} from './options.js';
import { defaultRetry } from './retry.js';

/**
 * The bank's payout API. Every call checks its request first and may throw:
 * `RequestError` (nothing sent), `KeyError` (nothing sent), `BankError` (the bank said no), `ResponseError` (unusable
 * answer), `TransportError` (no answer; see its `outcome`).
 *
 * `token`, `token/info`, `tokenize`, `wallet/balance`, `session/create` and `session/status` are repeated on their own
 * when something passing fails. What moves or may move money, or ends it (`initPayout`, `startPayout`, `confirm`,
 * `cancel`), is sent once: after any error of theirs ask `session.status` before anything else.
 */
export interface Bank131 {
  /** `demo`, `live`, or the name given with the address. */
  readonly environment: string;
  readonly project: string;
  readonly submerchant: string | undefined;
  readonly apiVersion: ApiVersion;
  /** The bank's address, without `/api/…`. */
  readonly baseUrl: string;

  readonly token: {
    /** `token`: a public token for a widget (documented). For one use: get a new one each time the widget is shown. */
    create(request: TokenRequest, call?: CallOptions): Promise<PublicToken>;
    /** `token/info`: what is behind a token or a hash. The request for account tokens is inferred, see {@link TokenInfoRequest}. */
    info(request: TokenInfoRequest, call?: CallOptions): Promise<TokenInfo>;
  };

  /** `tokenize`: BIK and account for a token (documented). */
  tokenize(request: TokenizeRequest, call?: CallOptions): Promise<TokenizedAccount>;

  readonly session: {
    /** `session/create`: a session that waits to be started (documented). Moves nothing, so it may be repeated. */
    create(request?: CreateSessionRequest, call?: CallOptions): Promise<Session>;
    /**
     * `session/init/payout`: session and payout in one call (documented, and not recommended by the bank).
     *
     * **Prefer `create` and then `startPayout`.** If the answer of this call is lost, a payout may be on its way in a session
     * whose id nobody knows: it cannot be asked about, confirmed or cancelled, and trying again may pay twice. An idempotency
     * key does not help: the bank refuses the repetition without telling the first answer.
     */
    initPayout(request: InitPayoutRequest, call?: CallOptions): Promise<Session>;
    /**
     * `session/start/payout`: starts the payout of a session (documented). The bank then waits for `confirm`, unless its
     * manager has switched automatic confirmation on: then this call moves money.
     */
    startPayout(request: StartPayoutRequest, call?: CallOptions): Promise<Session>;
    /** `session/confirm`: pay (documented). Check amount, currency and destination of the session first. */
    confirm(request: ConfirmRequest, call?: CallOptions): Promise<Session>;
    /** `session/cancel`: do not pay (documented). The status it leads to is inferred; a payout under way may win the race. */
    cancel(request: SessionReference, call?: CallOptions): Promise<Session>;
    /** `session/status`: the session as it is now (documented); the one source of truth. */
    status(request: SessionReference, call?: CallOptions): Promise<Session>;
  };

  readonly wallet: {
    /** `wallet/balance`: the merchant's money at the bank, in minor units (seen in the bank's PHP SDK). */
    balance(request?: BalanceRequest, call?: CallOptions): Promise<Balance>;
  };

  /**
   * Believes and reads a webhook.
   *
   * @param rawBody the body as received, byte for byte: JSON parsed and written again has another signature
   * @param signature the value of the `X-PARTNER-SIGN` header
   * @throws SignatureError not proven to be the bank's
   * @throws WebhookError the bank's, but unreadable: note it and answer 200, or it comes again for ever
   * @throws KeyError a key of `bankPublicKeys` is of no use, or there is none
   */
  verifyWebhook(rawBody: Uint8Array, signature: string | null | undefined): Promise<Webhook>;

  /** Imports the keys now instead of at the first call. @throws KeyError */
  ready(): Promise<void>;
}

/**
 * A client for one project in one environment. Does nothing by itself: keys are imported once, at the first use.
 *
 * @throws RequestError for an option that makes no sense
 */
export function createBank131(options: Bank131Options): Bank131 {
  const { name, baseUrl } = resolveEnvironment(options.environment);
  const { submerchant, now = Date.now, inferred = {} } = options;
  const apiVersion = checkApiVersion(options.apiVersion ?? 'v2');
  const project = checkHeader(options.project, 'project');
  const signer = once(() => createSigner(options.privateKey));
  const bankKeys = once(() => importBankKeys(options.bankPublicKeys));
  const call = createCaller({
    wire: { signer, now, fetch: options.fetch ?? ((input, init) => fetch(input, init)) },
    baseUrl,
    apiVersion,
    headers: commonHeaders(project, submerchant),
    timeout: checkTimeout(options.timeout ?? 20_000),
    retry: { ...defaultRetry, ...options.retry },
  });

  return {
    environment: name,
    project,
    submerchant,
    apiVersion,
    baseUrl,
    ...tokenCalls(call, inferred),
    session: sessionCalls(call),
    wallet: walletCalls(call, now),

    async verifyWebhook(rawBody, signature) {
      await checkSignature(await bankKeys(), rawBody, signature);
      return readWebhook(rawBody);
    },

    async ready() {
      await Promise.all([signer(), bankKeys()]);
    },
  };
}

function tokenCalls(call: Call, inferred: InferredOptions): Pick<Bank131, 'token' | 'tokenize'> {
  const infoShapes = {
    request: tokenInfoRequestSchema,
    response: tokenInfoResponseSchema,
    write: (request: TokenInfoRequest): Record<string, unknown> =>
      request.type === 'bank_account_ru'
        ? (inferred.accountTokenInfo?.(request.bank_account_ru.token) ?? { ...request })
        : { ...request },
  };
  return {
    token: {
      create: (request, options) =>
        call(methods.token, { request: tokenRequestSchema, response: publicTokenSchema }, request, options),
      info: async (request, options) => (await call(methods.tokenInfo, infoShapes, request, options)).info,
    },
    tokenize: (request, options) =>
      call(
        methods.tokenize,
        { request: tokenizeRequestSchema, response: tokenizedAccountSchema },
        request,
        options,
      ),
  };
}

function sessionCalls(call: Call): Bank131['session'] {
  const ask: AskForSession = async (method, schema, request, options) => {
    const shapes = { request: schema, response: sessionResponseSchema };
    return (await call(method, shapes, request, options)).session;
  };
  const askAbout: AskForSession = async (method, schema, request, options) => {
    const session = await ask(method, schema, request, options);
    if (session.id === request.session_id) return session;
    throw new ResponseError(method.name, 'other-session', { httpStatus: 200, contentType: '' });
  };

  return {
    create: (request = {}, options) =>
      ask(methods.createSession, createSessionRequestSchema, request, options),
    initPayout: (request, options) => ask(methods.initPayout, initPayoutRequestSchema, request, options),
    startPayout: (request, options) =>
      askAbout(methods.startPayout, startPayoutRequestSchema, request, options),
    confirm: (request, options) => askAbout(methods.confirm, confirmRequestSchema, request, options),
    cancel: (request, options) => askAbout(methods.cancel, sessionReferenceSchema, request, options),
    status: (request, options) => askAbout(methods.status, sessionReferenceSchema, request, options),
  };
}

type AskForSession = (
  method: Method,
  schema: z.ZodType<Record<string, unknown>>,
  request: PayoutParameters & Partial<SessionReference>,
  options: CallOptions | undefined,
) => Promise<Session>;

function walletCalls(call: Call, now: () => number): Bank131['wallet'] {
  const shapes = {
    request: balanceRequestSchema,
    response: balanceSchema,
    write: ({ request_datetime, ...rest }: BalanceRequest) => ({
      ...rest,
      request_datetime: request_datetime ?? moment(now()),
    }),
  };
  return { balance: (request = {}, options) => call(methods.walletBalance, shapes, request, options) };
}

/** As the bank's SDK writes a moment: whole seconds and an offset. */
function moment(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+00:00');
}

function commonHeaders(project: string, submerchant: string | undefined): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'x-partner-project': project,
    ...(submerchant === undefined
      ? {}
      : { 'x-partner-submerchant': checkHeader(submerchant, 'submerchant') }),
  };
}

async function importBankKeys(keys: readonly PublicKey[]): Promise<CryptoKey[]> {
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new KeyError(
      'bankPublicKeys',
      'missing',
      "no key was given: the bank's public key is needed to believe its webhooks.",
    );
  }
  return Promise.all(keys.map((key: PublicKey, index) => importPublicKey(key, `bankPublicKeys[${index}]`)));
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
