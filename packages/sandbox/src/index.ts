export {
  accountEndingWith,
  DEFAULT_BIK,
  hasValidCheckDigit,
  maskAccount,
} from './bank/account.js';
export { cardEndingWith } from './bank/card.js';
export type { Fault, Movement, PayoutStatus, Refund, SessionStatus, Version } from './bank/model.js';
export { MAGIC_ENDINGS, type MagicEnding, type Outcome } from './bank/outcomes.js';
export {
  DEFAULT_PERSONALITY,
  DEFAULT_SETTINGS,
  type Personality,
  type Settings,
  type SettingsPatch,
} from './bank/settings.js';
export type {
  FaultEvent,
  HandEvent,
  Happening,
  MoneyEvent,
  RequestEvent,
  SandboxEvent,
  StateEvent,
  WebhookEvent,
  WidgetEvent,
} from './control/journal.js';
export type { PayoutView, SessionDetail, SessionView } from './control/view.js';
export type { Verify } from './door/authentication.js';
export type { FaultRule } from './faults/faults.js';
export { FAULT_KINDS, type FaultKind, type FaultName } from './faults/kinds.js';
export { type FaultOrder, FaultOrderError, readFaultLine } from './faults/order.js';
export { createSandbox, type Sandbox, type SandboxMemory, type SandboxOptions } from './sandbox.js';
export { type Clock, systemClock } from './time/clock.js';
export { type VirtualClock, virtualClock } from './time/virtual.js';
export { resendDelay } from './webhooks/courier.js';
