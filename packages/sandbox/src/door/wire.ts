import { cardBrand } from '../bank/card.js';
import type { Destination, Payout, Refund, Session, Version } from '../bank/model.js';

/** documented: `payment_method`/`payments` in v1, `payout_details`/`payout_list` in v2. */
const NAMES = {
  v1: { details: 'payment_method', list: 'payments' },
  v2: { details: 'payout_details', list: 'payout_list' },
} as const;

/** A session as the bank writes it in a version. `echoToken`: does it tell account tokens (and numbers) again. */
export function wireSession(session: Session, version: Version, echoToken: boolean): object {
  const { id, status, created_at, updated_at, finished_at, next_action, payouts } = session;
  const list = payouts.map((payout) => wirePayout(payout, version, echoToken));
  return {
    id,
    status,
    created_at,
    updated_at,
    ...(finished_at && { finished_at }),
    ...(next_action && { next_action }),
    ...(list.length > 0 && { [NAMES[version].list]: list }),
  };
}

function wirePayout(payout: Payout, version: Version, echoToken: boolean): object {
  const { id, status, created_at, finished_at, customer, participant_details, metadata, error, refunds } =
    payout;
  return {
    id,
    status,
    created_at,
    ...(finished_at && { finished_at }),
    ...(customer !== undefined && { customer }),
    [NAMES[version].details]: wireDestination(payout.destination, echoToken),
    amount_details: wireAmount(payout.amount),
    ...(participant_details !== undefined && { participant_details }),
    ...(metadata !== undefined && { metadata }),
    ...(refunds.length > 0 && { refunds: refunds.map(wireRefund) }),
    ...(error && { error }),
  };
}

function wireRefund({ amount, ...refund }: Refund): object {
  return { ...refund, amount_details: wireAmount(amount), is_chargeback: false };
}

/** Minor units and the currency in lower case, as in the documented examples. */
export function wireAmount(amount: number): object {
  return { amount, currency: 'rub' };
}

function wireDestination(destination: Destination, echoToken: boolean): object {
  if (destination.kind === 'card') return { type: 'card', card: wireCard(destination.number) };
  if (destination.kind === 'fps') {
    const { kind: _, ...rest } = destination;
    return bankAccount('faster_payment_system', rest);
  }
  return bankAccount('ru', wireAccount(destination, echoToken));
}

function wireAccount(
  destination: Extract<Destination, { kind: 'bank_account' }>,
  echoToken: boolean,
): object {
  const { kind: _, token, bik, account, ...rest } = destination;
  if (!echoToken) return rest;
  return token ? { token, ...rest } : { bik, account, ...rest };
}

function bankAccount(system: string, details: object): object {
  return { type: 'bank_account', bank_account: { system_type: system, [system]: details } };
}

/** documented: answers carry `brand`, `last4`, `bin` of a card. */
function wireCard(number: string): object {
  return { brand: cardBrand(number), last4: number.slice(-4), bin: number.slice(0, 6) };
}
