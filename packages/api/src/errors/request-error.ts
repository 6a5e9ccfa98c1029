import { Bank131Error } from './bank131-error.js';
import { type Issue, listIssues } from './issue.js';

/**
 * Our own request (or an option of the client) breaks a rule that is known beforehand: nothing was sent.
 * Names each field, what is wrong and the way out; never the value.
 */
export class RequestError extends Bank131Error {
  override readonly name = 'RequestError';
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], method?: string) {
    super(`${method ?? 'createBank131'}: ${listIssues(issues)}`, method);
    this.issues = issues;
  }
}
