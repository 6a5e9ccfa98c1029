import * as z from 'zod';
import type { Destination } from '../../payout/desk.js';
import { payoutClaims } from '../../tickets/claims.js';
import type { PayoutOrder } from '../../tickets/ticket.js';
import { attemptField, body, destinationFields, oneDestination, toDestination } from '../request/body.js';
import { names } from '../route/route.js';

const { sub, ref, amount, currency, full_name, description, metadata } = payoutClaims.shape;

interface Asked {
  order: PayoutOrder;
  destination: Destination;
  attempt: number | undefined;
}

/** One payout that the merchant's server asks for: what a ticket says, and the kept token. */
export const order = body({
  ref: ref.describe('What is paid; unique: one reference is one payout for ever.'),
  subject: sub.describe("The recipient, in the merchant's words."),
  amount: amount.describe('Minor units: 1050.00 RUB is 105000.'),
  currency: currency.describe('ISO 4217.'),
  fullName: full_name.describe("The recipient's full name, as the bank checks it."),
  description: description.describe('What the payout is for; without `?` and `!`, which the bank refuses.'),
  metadata: metadata.describe('Any JSON of at most 4 KiB; the bank hands it back.'),
  ...destinationFields,
  attempt: attemptField,
})
  .refine(...oneDestination)
  .transform(
    ({ token, numberHash, attempt, ...rest }): Asked => ({
      order: rest,
      destination: toDestination({ token, numberHash }),
      attempt,
    }),
  )
  .register(names, { id: 'Order' });

const mostOrders = 1000;
const howMany = `is no list of 1 to ${mostOrders} payouts; send more in several requests`;

/** Many at once. Each is judged by itself, so that one bad one is refused alone. */
export const orders = body({
  payouts: z.array(z.unknown(), howMany).min(1, howMany).max(mostOrders, howMany),
});

/** What `/openapi.json` says of both. */
export const orderOrOrders = z.union([
  order,
  z.strictObject({ payouts: z.array(order).min(1).max(mostOrders) }).register(names, { id: 'Orders' }),
]);

/** Bytes of body that a thousand of the longest orders need, in UTF-8. */
export const largestOrders = 10 * 1024 * 1024;

/** What is sent as an order; what comes from the bank's widget is one of `token` and `numberHash`. */
export type Order = z.input<typeof order>;
