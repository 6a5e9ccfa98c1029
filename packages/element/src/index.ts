export type { PayoutStatus, PayoutView } from './bff/payout.js';
export { B131Payout } from './element/payout-element.js';
export type { B131PayoutListeners, B131PayoutProperties } from './element/properties.js';
export * from './events/index.js';
export { backendCode, type ErrorCode, type ErrorRow, errorTable } from './faces/errors.js';
export type { FailureName } from './faces/failures.js';
export type { FaceName } from './faces/names.js';
export { type StatusRow, statusTable } from './faces/statuses.js';
export { type FaceRow, faceTable, type MoneyName, type NextName, type Tone } from './faces/table.js';
export type { Mode } from './flow/state.js';
export type { GetTicket, TicketReason } from './flow/tickets.js';
export { registerLocale } from './locales/registry.js';
export type { FaceText, Texts } from './locales/texts.js';
export type {
  CallbackChannel,
  Json,
  MessageChannelContract,
  ResultReading,
  WidgetContract,
  WidgetOverride,
} from './widget/contract/contract.js';
export { resolveContract, type WidgetEnvironment, widgetContracts } from './widget/contract/presets.js';
export type { TokenResult } from './widget/result/read.js';
