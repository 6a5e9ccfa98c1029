/** What the bank's error codes come from at this sandbox, where it gave no reason of its own. */
const REASONS: Readonly<Record<string, string>> = {
  session_wrong_state:
    'The session was in a state that does not allow this call. Its time line says which it was in; session/status tells it to your program.',
  idempotency_key_already_exists:
    'This X-PARTNER-IDEMPOTENCY-KEY was used before. The bank does not repeat its first answer: ask session/status what became of the first call.',
  operation_rejected: 'The account ends in 95: the sandbox refuses such a start. The session stays created.',
  insufficient_wallet_balance: 'The wallet holds less than the payout. Raise walletBalance under Behaviour.',
  answer_lost:
    'The call was carried out, and then its answer got lost on purpose. A program must ask session/status now and must not send the call again.',
  never_arrived:
    'The call was kept from the bank on purpose. A program cannot know that: it must ask session/status.',
  public_token_used: 'A public token is good for one account. Ask for a new one with the method token.',
  public_token_expired: 'The public token is too old. Ask for a new one with the method token.',
  public_token_unknown: 'This sandbox gave out no such public token. After a restart all old ones are void.',
  invalid_request: 'What was sent does not have the form the bank asks for.',
};

export function refusalReason(code: string, hint: string | undefined): string {
  return hint ?? REASONS[code] ?? '';
}

const AGAIN = 'It is sent again after 1, 2, 4 … 60 seconds.';

/** Why a webhook did not arrive, and what happens now. */
export function webhookReason(httpStatus: number | undefined, error: string): string {
  if (httpStatus === undefined) return `${noAnswer(error)} ${AGAIN}`;
  if (httpStatus >= 300 && httpStatus < 400)
    return `The bank follows no redirect: it wants HTTP 200. ${AGAIN}`;
  if (httpStatus < 300) return `The bank wants HTTP 200 exactly. ${AGAIN}`;
  return `Your receiver refused it; open this line for its answer. ${AGAIN}`;
}

function noAnswer(error: string): string {
  if (error === 'ECONNREFUSED') return 'Nothing listens at the webhook’s address. Is your server up?';
  if (error === 'timeout') return 'Your receiver took too long. Answer 200 first and do the work afterwards.';
  if (error === 'ENOTFOUND') return 'The host in the webhook’s address does not exist.';
  return 'Your receiver gave no answer.';
}
