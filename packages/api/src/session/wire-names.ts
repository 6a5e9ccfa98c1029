/** Which spelling of the API is spoken. */
export type ApiVersion = 'v1' | 'v2';

/** How the three objects that differ are called. */
export interface WireNames {
  /** The destination, in requests and in payouts. */
  readonly payout_details: 'payment_method' | 'payout_details';
  /** The payouts of a session. */
  readonly payout_list: 'payments' | 'payout_list';
  /** The incoming payments of a session. */
  readonly payment_list: 'acquiring_payments' | 'payment_list';
}

/** All that differs between v1 and v2 (documented). */
export const wireNames: Readonly<Record<ApiVersion, WireNames>> = {
  v1: { payout_details: 'payment_method', payout_list: 'payments', payment_list: 'acquiring_payments' },
  v2: { payout_details: 'payout_details', payout_list: 'payout_list', payment_list: 'payment_list' },
};

/** A request in the names of the version it is sent to. */
export function toWire(request: Record<string, unknown>, version: ApiVersion): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [
      name === 'payout_details' ? wireNames[version].payout_details : name,
      value,
    ]),
  );
}
