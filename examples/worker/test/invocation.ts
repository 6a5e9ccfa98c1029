/** What one invocation of the Worker took. */
export interface Invocation {
  /** `POST /payouts`, or `cron`. */
  what: string;
  /** Statements that D1 was asked to run. */
  queries: number;
  /** Requests to the bank. */
  calls: number;
  /** All is done that the answer was given before. */
  over: boolean;
}
