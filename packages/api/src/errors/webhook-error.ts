import { Bank131Error } from './bank131-error.js';
import { type Issue, listIssues } from './issue.js';

/** Why a webhook that the bank did sign could not be read. */
export type WebhookErrorReason =
  /** The body is not UTF-8 JSON. */
  | 'not-json'
  /** JSON, but without a session: nothing to look up. Some types may be made so; see `type`. */
  | 'no-session'
  /** JSON with a session, but not of the known shape. */
  | 'schema';

/**
 * Signed by the bank, but not readable. The same bytes would come again, so answering with an error status only
 * makes the bank repeat them for ever: note it, answer 200, and let `session/status` tell the truth.
 */
export class WebhookError extends Bank131Error {
  override readonly name = 'WebhookError';
  readonly reason: WebhookErrorReason;
  /** The webhook's type, where that much could be read. */
  readonly type: string | undefined;
  readonly issues: readonly Issue[];

  constructor(reason: WebhookErrorReason, type?: string, issues: readonly Issue[] = []) {
    const details = issues.length > 0 ? `: ${listIssues(issues)}` : '';
    super(`the webhook is signed by the bank but cannot be read (${reason})${details}`);
    this.reason = reason;
    this.type = type;
    this.issues = issues;
  }
}
