export { type Bank131, createBank131 } from './client/bank131.js';
export type { CallOptions } from './client/caller.js';
export type { BodyReader, Fetch, FetchInit, FetchResponse } from './client/fetch.js';
export type { Bank131Options, Environment, InferredOptions } from './client/options.js';
export type { RetryOptions } from './client/retry.js';
export { destination } from './destination/build.js';
export {
  accountPrefixes,
  type BankAccountDetails,
  type CardDetails,
  type Destination,
  destinationSchema,
  type EncryptedCard,
  type FpsDestination,
  type RuAccountByNumber,
  type RuAccountByToken,
  type RuAccountPurpose,
  type TokenizedCard,
} from './destination/request.js';
export {
  type EchoedCard,
  type EchoedRuAccount,
  type PayoutDetails,
  payoutDetailsSchema,
} from './destination/response.js';
export { type Advice, adviceFor } from './errors/advice.js';
export { BankError, type BankErrorDetails } from './errors/bank-error.js';
export { Bank131Error } from './errors/bank131-error.js';
export type { Issue } from './errors/issue.js';
export { KeyError, type KeyErrorReason } from './errors/key-error.js';
export { RequestError } from './errors/request-error.js';
export {
  ResponseError,
  type ResponseErrorDetails,
  type ResponseErrorReason,
} from './errors/response-error.js';
export { SignatureError, type SignatureErrorReason } from './errors/signature-error.js';
export { TransportError, type TransportOutcome, type TransportReason } from './errors/transport-error.js';
export { WebhookError, type WebhookErrorReason } from './errors/webhook-error.js';
export { type AmountDetails, amountDetailsSchema, requestAmountSchema } from './money/amount.js';
export {
  type Amounts,
  type OperationError,
  operationErrorSchema,
  type Payout,
  type PayoutStatus,
  payoutSchema,
  type Refund,
  type RefundStatus,
  type RejectReason,
  refundSchema,
  type TransactionInfo,
} from './payout/response.js';
export type { Open } from './schema/tolerant.js';
export {
  type ConfirmInformation,
  type ConfirmRequest,
  type CreateSessionRequest,
  confirmRequestSchema,
  createSessionRequestSchema,
  type InitPayoutRequest,
  initPayoutRequestSchema,
  type Participant,
  type PayoutParameters,
  type SessionReference,
  type StartPayoutRequest,
  sessionReferenceSchema,
  startPayoutRequestSchema,
} from './session/request.js';
export {
  type NextAction,
  type Session,
  type SessionStatus,
  sessionResponseSchema,
  sessionSchema,
} from './session/response.js';
export { type ApiVersion, type WireNames, wireNames } from './session/wire-names.js';
export { generateKeyPair, type KeyPairPem } from './signature/generate.js';
export { importPrivateKey, type PrivateKey } from './signature/private-key.js';
export { importPublicKey, type PublicKey } from './signature/public-key.js';
export { createSigner, type Sign, signBody } from './signature/sign.js';
export { verifyBody } from './signature/verify.js';
export {
  type TokenInfoRequest,
  type TokenRequest,
  tokenInfoRequestSchema,
  tokenRequestSchema,
} from './token/request.js';
export {
  type PublicToken,
  publicTokenSchema,
  type TokenInfo,
  tokenInfoResponseSchema,
  tokenInfoSchema,
} from './token/response.js';
export { type TokenizeRequest, tokenizeRequestSchema } from './tokenize/request.js';
export { type TokenizedAccount, tokenizedAccountSchema } from './tokenize/response.js';
export { type BalanceRequest, balanceRequestSchema } from './wallet/request.js';
export { type Balance, balanceSchema, type Wallet } from './wallet/response.js';
export {
  type KnownWebhookType,
  type ReadyToConfirmWebhook,
  type Webhook,
  type WebhookOf,
  type WebhookType,
  webhookSchema,
} from './webhook/webhook.js';
