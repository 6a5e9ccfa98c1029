/**
 * The parent of every error this package throws.
 *
 * An error holds an allow list: method names, codes, HTTP statuses, field names. It never holds keys, tokens,
 * names, account numbers, bodies, nor the error of somebody else (`cause`), which could hold any of them; so it
 * may be logged as it is.
 */
export class Bank131Error extends Error {
  override readonly name: string = 'Bank131Error';
  /** The bank's method that was called, e.g. `session/start/payout`; `undefined` where no call was made. */
  readonly method: string | undefined;

  constructor(message: string, method?: string) {
    super(message);
    this.method = method;
  }
}
