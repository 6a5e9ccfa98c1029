/** Name of the element. */
export const tagName = 'b131-payout';
