import { cardBrand } from '../bank/card.js';
import type { AccountDestination, Destination, Payout, Refund, Session, Version } from '../bank/model.js';
import type { Personality } from '../bank/settings.js';

/** documented: `payment_method`/`payments` in v1, `payout_details`/`payout_list` in v2. */
const NAMES = {
  v1: { details: 'payment_method', list: 'payments' },
  v2: { details: 'payout_details', list: 'payout_list' },
} as const;

/** What of the settings decides how the bank writes. */
export interface WritingRules {
  readonly version: Version;
  readonly personality: Pick<Personality, 'echoToken' | 'actions' | 'currencyCase' | 'bikName'>;
  readonly feeBasisPoints: number;
}

/** A session as the bank writes it in a version. */
export function wireSession(session: Session, rules: WritingRules): object {
  const { id, status, created_at, updated_at, finished_at, next_action, confirmBy, payouts } = session;
  const list = payouts.map((payout) => wirePayout(payout, rules));
  return {
    id,
    status,
    created_at,
    updated_at,
    ...(finished_at && { finished_at }),
    ...(next_action && { next_action }),
    ...(confirmBy && rules.personality.actions && { actions: { confirm: confirmBy } }),
    ...(list.length > 0 && { [NAMES[rules.version].list]: list }),
  };
}

function wirePayout(payout: Payout, rules: WritingRules): object {
  const { id, status, created_at, finished_at, error, refunds } = payout;
  const { customer, participant_details, metadata, fiscalization_details } = payout;
  const { currencyCase } = rules.personality;
  return {
    id,
    status,
    created_at,
    ...(finished_at && { finished_at }),
    ...(customer !== undefined && { customer }),
    [NAMES[rules.version].details]: wireDestination(payout.destination, rules),
    ...(payout.destination.kind !== 'fps_check' && {
      amount_details: wireAmount(payout.amount, currencyCase),
    }),
    ...amounts(payout, rules),
    ...(participant_details !== undefined && { participant_details }),
    ...(fiscalization_details !== undefined && { fiscalization_details }),
    ...(metadata !== undefined && { metadata }),
    ...(refunds.length > 0 && { refunds: refunds.map((refund) => wireRefund(refund, currencyCase)) }),
    ...(error && { error }),
  };
}

/** documented: `amounts{net, gross, fee{merchant_fee}}`, once a manager has switched it on. */
function amounts({ amount, status }: Payout, { feeBasisPoints, personality }: WritingRules): object {
  if (feeBasisPoints === 0 || status !== 'succeeded') return {};
  const fee = Math.round((amount * feeBasisPoints) / 10_000);
  const write = (minorUnits: number) => wireAmount(minorUnits, personality.currencyCase);
  return {
    amounts: { net: write(amount), gross: write(amount + fee), fee: { merchant_fee: write(fee) } },
  };
}

function wireRefund({ amount, ...refund }: Refund, currencyCase: Personality['currencyCase']): object {
  return { ...refund, amount_details: wireAmount(amount, currencyCase), is_chargeback: false };
}

/** Minor units, and the currency in lower case as in the documented examples, or in upper case as seen live. */
export function wireAmount(amount: number, currencyCase: Personality['currencyCase']): object {
  return { amount, currency: currencyCase === 'upper' ? 'RUB' : 'rub' };
}

function wireDestination(destination: Destination, rules: WritingRules): object {
  if (destination.kind === 'card') return { type: 'card', card: wireCard(destination.number) };
  if (destination.kind === 'bank_account') return bankAccount('ru', wireAccount(destination, rules));
  const { kind, ...rest } = destination;
  return bankAccount(kind === 'fps' ? 'faster_payment_system' : 'faster_payment_system_verification', rest);
}

function wireAccount(destination: AccountDestination, { personality }: WritingRules): object {
  const { kind: _, token, bik, account, ...rest } = destination;
  if (!personality.echoToken) return rest;
  return token ? { token, ...rest } : { [personality.bikName]: bik, account, ...rest };
}

function bankAccount(system: string, details: object): object {
  return { type: 'bank_account', bank_account: { system_type: system, [system]: details } };
}

/** documented: answers carry `brand`, `last4`, `bin` of a card. */
function wireCard(number: string): object {
  return { brand: cardBrand(number), last4: number.slice(-4), bin: number.slice(0, 6) };
}
