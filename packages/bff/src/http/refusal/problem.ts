import { madeOf } from '../route/text-answer.js';

/** One kind of refusal: what the browser's developer can rely on (`code`, `status`) and what to do about it. */
export interface ProblemKind {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 414 | 415 | 422 | 429 | 431 | 500 | 502 | 503;
  readonly title: string;
  readonly whatToDo: string;
}

/** Every code the BFF answers with, in one place: the docs are made from it. */
export const problems = {
  ticket_missing: {
    status: 401,
    title: 'No payout ticket',
    whatToDo: 'Mint a ticket on your server and send it as "Authorization: Bearer <ticket>".',
  },
  ticket_invalid: {
    status: 401,
    title: 'The payout ticket is not valid',
    whatToDo: 'Read `detail`: it names the claim or header and what it must be.',
  },
  ticket_expired: {
    status: 401,
    title: 'The payout ticket has expired',
    whatToDo: 'Mint a new ticket for the same reference and go on with it.',
  },
  ticket_audience: {
    status: 401,
    title: 'The payout ticket is for another audience',
    whatToDo: 'Set claim "aud" to "<environment>:<project>" of this BFF.',
  },
  view_token_invalid: {
    status: 401,
    title: 'The view token is not valid or has expired',
    whatToDo: 'Ask `GET /payouts/current` with a ticket: it answers with a new view token.',
  },
  ticket_scope: {
    status: 403,
    title: 'The payout ticket does not allow this',
    whatToDo: 'Use a ticket without "scope": a ticket with scope "token" only gets public tokens.',
  },
  server_key_invalid: {
    status: 401,
    title: 'No valid server key',
    whatToDo: 'Send one of `merchant.keys` of the BFF as "Authorization: Bearer <key>", from a server only.',
  },
  operator_unknown: {
    status: 403,
    title: 'This is for the people who run payouts',
    whatToDo: 'Sign in as the option `operator` of the BFF expects it.',
  },
  operator_read_only: {
    status: 403,
    title: 'This operator may look, and change nothing',
    whatToDo: 'Ask somebody who may, or let the option `operator` answer without `readOnly`.',
  },
  origin_not_allowed: {
    status: 403,
    title: 'The page is not allowed to call this BFF',
    whatToDo: 'Add the origin of the page (scheme, host and port) to `origins` of the BFF.',
  },
  signature_invalid: {
    status: 403,
    title: "The webhook is not signed with the bank's key",
    whatToDo: "Check that `bankPublicKeys` are this environment's and that nothing rewrites the body.",
  },
  notice_not_found: {
    status: 404,
    title: 'There is no such notice',
    whatToDo: 'Use the id of a notice of the list; delivered ones are dropped after `retention.records`.',
  },
  payout_not_found: {
    status: 404,
    title: 'There is no such payout',
    whatToDo: 'Use the id and the ticket or view token of the same payout.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing at this address',
    whatToDo: 'Check the path, and the prefix under which the BFF is mounted.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The address does not know this method',
    whatToDo: 'Use a method of the `Allow` header.',
  },
  ticket_mismatch: {
    status: 409,
    title: 'The reference was first used for something else',
    whatToDo:
      'One reference is one payout: repeat its recipient, amount, currency and name, or use a new reference.',
  },
  reference_mismatch: {
    status: 409,
    title: 'The reference was first used for something else',
    whatToDo:
      'One reference is one payout: repeat its recipient, amount, currency and name, or use a new reference.',
  },
  payout_in_progress: {
    status: 409,
    title: 'The payout is on its way to another account',
    whatToDo: 'Show `payout`, which is the one on its way; another account can be given only if it fails.',
  },
  payout_finished: {
    status: 409,
    title: 'The payout was made',
    whatToDo: 'Show `payout`; to pay again use a new reference.',
  },
  payout_changed: {
    status: 409,
    title: 'The payout has gone on since its account was asked for',
    whatToDo:
      'Show `payout` as it is now; where it is retryable, ask for an account anew, as attempt `attempt` and 1.',
  },
  attempts_exhausted: {
    status: 409,
    title: 'Too many accounts were tried',
    whatToDo: 'Show `payout`; look into it and use a new reference.',
  },
  limit_exceeded: {
    status: 409,
    title: 'The payout would pass a limit',
    whatToDo: 'Nothing was recorded. Pay less, or try again when the day is over (`limits` of the BFF).',
  },
  not_confirmable: {
    status: 409,
    title: 'The payout does not wait for the recipient',
    whatToDo: 'Show `payout` as it is now: it moved on, or its confirmation is not up to the recipient.',
  },
  not_cancellable: {
    status: 409,
    title: 'The payout cannot be cancelled now',
    whatToDo:
      'Show `payout` as it is now: it is over, or the bank works on it and does not wait for a word. Its end is told.',
  },
  not_awaiting: {
    status: 409,
    title: 'Nobody waits for a word about this payout',
    whatToDo: 'Look at `payout` as it is now: it moved on, or its word was given.',
  },
  not_in_attention: {
    status: 409,
    title: 'The payout needs no attention',
    whatToDo:
      'Only what has the status `needs_attention` can be resolved; the engine carries the rest through.',
  },
  bank_silent: {
    status: 409,
    title: 'The bank cannot be asked what it shows',
    whatToDo: 'Nothing was changed. Try again when the bank answers: it may show that it pays after all.',
  },
  bank_contradicts: {
    status: 409,
    title: 'The bank shows otherwise',
    whatToDo:
      "Re-check the payout. The bank's own answer counts: have the bank correct it, or resolve as it shows.",
  },
  earlier_attempts: {
    status: 409,
    title: 'An earlier attempt may still pay, or has paid',
    whatToDo: 'Read `attempts`: first have the bank end the one that is open.',
  },
  notices_off: {
    status: 409,
    title: 'Nobody is told of results here',
    whatToDo: 'Set `notify` of the BFF; then a notice can be sent once more.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    whatToDo: 'Send only the documented fields.',
  },
  url_too_long: {
    status: 414,
    title: 'The address is too long',
    whatToDo: 'Send only the documented parameters.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    whatToDo: 'Send fewer headers and cookies; a ticket needs far less than 8 KiB.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is not declared as JSON',
    whatToDo: 'Send "Content-Type: application/json".',
  },
  invalid_json: {
    status: 400,
    title: 'The body is no JSON',
    whatToDo: 'Send one JSON object in UTF-8.',
  },
  invalid_request: {
    status: 422,
    title: 'The request is not as documented',
    whatToDo: 'Read `errors`: each names a field, what is wrong with it and what helps.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    whatToDo: 'Try again after `Retry-After` seconds; `load` of the BFF says how many are taken.',
  },
  busy: {
    status: 503,
    title: 'There is more to do than can be done in time',
    whatToDo: 'Nothing was begun. Try again after `Retry-After` seconds.',
  },
  bank_refused: {
    status: 502,
    title: 'The bank refused',
    whatToDo: "Look the bank's code up in the bank's documentation; `detail` holds it.",
  },
  bank_unavailable: {
    status: 503,
    title: 'The bank cannot be reached',
    whatToDo: 'Try again after `Retry-After` seconds.',
  },
  ticket_keys_unavailable: {
    status: 503,
    title: 'The keys that verify tickets cannot be had',
    whatToDo: 'Check that `tickets.jwksUrl` answers; try again after `Retry-After` seconds.',
  },
  store_unavailable: {
    status: 503,
    title: 'The store cannot do its work',
    whatToDo: 'Check the database; try again after `Retry-After` seconds.',
  },
  misconfigured: {
    status: 500,
    title: 'The BFF is not set up right',
    whatToDo:
      "A key or an option cannot be used: `GET /ready` names it, the BFF's own log says what is wrong with it.",
  },
  internal_error: {
    status: 500,
    title: 'Something failed that should not',
    whatToDo: "Look for `id` in the BFF's own log.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** A field of the request that is not as it must be. Never holds its value. */
export interface FieldProblem {
  /** Dotted path; empty for the request as a whole. */
  field: string;
  problem: string;
  hint: string;
}

/** What an answer says beyond its code. */
export interface ProblemExtras {
  /** Instead of `whatToDo`, where more is known. */
  detail?: string;
  /** More members of the body. */
  members?: { readonly [name: string]: unknown };
  headers?: { readonly [name: string]: string };
}

/** Thrown by routes to answer with a problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
  }
}

/** Seconds a client is asked to wait when something we need is down. */
const retryAfter = '5';

/** The members of an RFC 9457 problem. */
export function toBody({ code, extras }: Problem) {
  const { status, title, whatToDo } = problems[code];
  const detail = extras.detail ?? whatToDo;
  return { type: `urn:b131:problem:${code}`, title, status, code, detail, ...extras.members };
}

/** The problem as an RFC 9457 answer, `application/problem+json`. */
export function toResponse(problem: Problem): Response {
  const { code, extras } = problem;
  const { status } = problems[code];
  const body = toBody(problem);
  const headers = new Headers({ 'content-type': 'application/problem+json', ...extras.headers });
  if (status === 401) headers.set('www-authenticate', 'Bearer');
  if (status === 503 && !headers.has('retry-after')) headers.set('retry-after', retryAfter);
  const text = JSON.stringify(body);
  return madeOf(text, new Response(text, { status, headers }));
}
