/** One thing that is wrong with a request, an option or an answer. Names the field, never its value. */
export interface Issue {
  /** Where, e.g. `payout_details.bank_account.ru.description`; empty for the whole object. */
  readonly path: string;
  /** What is wrong and the way out, e.g. `must be at most 210 characters: shorten it`. */
  readonly message: string;
}

/** Issues as one line for an error's message. */
export function listIssues(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; ');
}
