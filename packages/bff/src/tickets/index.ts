export { ConfigurationError } from '../secrets/configuration-error.js';
export type { TicketAlgorithm } from './algorithm.js';
export type { ClaimProblem, PayoutClaims, TicketClaims, TokenClaims } from './claims.js';
export type { Clock } from './clock.js';
export type { SecretEncoding, TicketKey } from './key.js';
export { type MintOptions, mintTicket, TicketClaimsError } from './mint.js';
export type { PayoutTicket, Ticket, TokenTicket } from './ticket.js';
export { TicketError, type TicketErrorCode, TicketKeysError } from './ticket-error.js';
export { createTicketVerifier, type TicketOptions, type TicketVerifier } from './verifier.js';
