export type { WidgetContract, WidgetOverride } from '@b131/element/frame';
export {
  type Bff,
  type BffOptions,
  createBff,
  type MerchantOptions,
  type NotifyOptions,
  type RetentionOptions,
  type StreamTimes,
} from './create-bff.js';
export type { ActResult } from './engine/act.js';
export type { ConfirmFunction, ConfirmQuestion, ConfirmSession, Verdict } from './engine/consult.js';
export type { DrainOptions, DrainReport } from './engine/engine.js';
export type { Act, Refusal, Resolution } from './engine/operator.js';
export { defaultRules, type EngineRules } from './engine/rules.js';
export {
  createLog,
  eventLog,
  type Log,
  type LogLevel,
  type LogOptions,
  type LogValue,
} from './events/event-log.js';
export type { BffEvent, OnEvent } from './events/events.js';
export { type AddressOf, addressInHeader, forwardedAddress } from './http/admission/address.js';
export type { Load, LoadReport } from './http/admission/admission.js';
export type { GateLimits, GateLoad } from './http/admission/gate.js';
export type { Operator, WhoIsOperator } from './http/operator/access.js';
export type { Limits } from './limits/limits.js';
export { type NoticeHeaders, verifyNotice } from './notify/signature.js';
export type { OperatorDesk, PayoutFile } from './operator/operator.js';
export type {
  Attempt,
  AttemptOutcome,
  ConfirmMode,
  DestinationKind,
  JournalEntry,
  JsonValue,
  Payout,
  PayoutRecord,
  PayoutStatus,
  Personal,
  Reservation,
  Word,
} from './payout/payout.js';
export { finalStatuses, isFinal, payoutStatuses } from './payout/payout.js';
export { ConfigurationError } from './secrets/configuration-error.js';
export { type MemoryStoreOptions, memoryStore } from './store/memory/memory-store.js';
export type { Notice, NoticeState } from './store/notice.js';
export type {
  BatchResult,
  LeaseRequest,
  ListRequest,
  NoticeListRequest,
  Place,
  Statement,
  Store,
  Switch,
  SwitchFlip,
} from './store/store.js';
export { StoreError } from './store/store.js';
export * from './tickets/index.js';
