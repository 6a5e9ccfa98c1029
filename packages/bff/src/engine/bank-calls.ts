import { type Bank131, Bank131Error, BankError, TransportError } from '@b131/api';
import type { Attempt, PayoutRecord } from '../payout/payout.js';
import { currentAttempt } from '../payout/payout.js';
import { openPersonal } from '../payout/personal.js';
import type { Secrets } from '../secrets/secrets.js';
import type { Store } from '../store/store.js';
import type { Answer, BankIntent, Observation, SessionReading, Unreadable } from './observation.js';
import { readSession } from './reading.js';
import { idempotencyKey, kitMetadata, startRequest } from './requests.js';
import { codeOf, type Timed } from './timed.js';

export interface BankCallsOptions {
  bank: Bank131;
  store: Pick<Store, 'personal'>;
  secrets: Secrets;
  timed: Timed;
}

/** Makes the one call that an intent names and says what was observed. Never throws for anything the bank does. */
export type BankCalls = (
  record: PayoutRecord,
  intent: BankIntent,
  mayStillSend: () => boolean,
) => Promise<Observation>;

/** The engine's hands: everything it does at the bank goes through here. */
export function createBankCalls({ bank, store, secrets, timed }: BankCallsOptions): BankCalls {
  return async (record, intent, mayStillSend) => {
    switch (intent.call) {
      case 'prepare':
        return prepare(record);
      case 'status':
        return { kind: 'sessions', sessions: await readAll(record, intent.attempts) };
      default:
        return sendWord(record, intent, mayStillSend);
    }
  };

  async function prepare(record: PayoutRecord): Promise<Observation> {
    const attempt = currentAttempt(record);
    try {
      const [session, masked] = await Promise.all([
        timed('session/create', record.payout.id, () =>
          bank.session.create({ metadata: kitMetadata(record.payout, attempt) }),
        ),
        attempt.masked ?? maskedOf(record, attempt),
      ]);
      return { kind: 'prepared', attempt: attempt.number, sessionId: session.id, masked };
    } catch (error) {
      return { kind: 'prepareFailed', attempt: attempt.number, code: codeOf(error) };
    }
  }

  /** Only for the recipient's eyes, so its failure stops nothing. */
  async function maskedOf(record: PayoutRecord, attempt: Attempt): Promise<string | null> {
    const personal = await openPersonal(await store.personal(record.payout.id), secrets);
    if (!personal) return null;
    try {
      const info = await timed('token/info', record.payout.id, () =>
        bank.token.info(infoRequest(attempt, personal.token)),
      );
      if (attempt.destination === 'bank_account') return info.masked_account ?? null;
      return info.last4 === undefined ? null : `${info.brand ?? ''} ***${info.last4}`.trim();
    } catch {
      return null;
    }
  }

  async function readAll(record: PayoutRecord, numbers: readonly number[]) {
    const attempts = record.attempts.filter(({ number }) => numbers.includes(number));
    const readings = attempts.map(async (attempt) => [attempt.number, await read(record, attempt)] as const);
    return new Map<number, SessionReading | Unreadable>(await Promise.all(readings));
  }

  async function read(record: PayoutRecord, attempt: Attempt): Promise<SessionReading | Unreadable> {
    const { sessionId } = attempt;
    if (sessionId === null) return { unreadable: 'no_session' };
    try {
      const session = await timed('session/status', record.payout.id, () =>
        bank.session.status({ session_id: sessionId }),
      );
      return await readSession(session, record.payout, attempt, secrets);
    } catch (error) {
      const silent = error instanceof TransportError;
      return { unreadable: codeOf(error), ...(silent ? { silent } : {}) };
    }
  }

  async function sendWord(
    record: PayoutRecord,
    { call, attempt: number, send }: Extract<BankIntent, { send: number }>,
    mayStillSend: () => boolean,
  ): Promise<Observation> {
    const attempt = record.attempts.find((one) => one.number === number);
    const sessionId = attempt?.sessionId ?? null;
    const answered = (answer: Answer): Observation => ({ kind: 'answered', attempt: number, call, answer });
    if (!attempt || sessionId === null) return answered('not_sent');
    const personal =
      call === 'start' ? await openPersonal(await store.personal(record.payout.id), secrets) : null;
    if (call === 'start' && personal === null) return answered({ refused: 'destination_erased' });
    // The commit before this may have taken long: somebody else may be at work by now.
    if (!mayStillSend()) return answered('not_sent');
    const options = { idempotencyKey: idempotencyKey(record.payout.id, number, call, send) };
    try {
      const method = call === 'start' ? 'session/start/payout' : `session/${call}`;
      await timed(method, record.payout.id, () => {
        if (personal)
          return bank.session.startPayout(startRequest(record.payout, attempt, sessionId, personal), options);
        return call === 'confirm'
          ? bank.session.confirm({ session_id: sessionId }, options)
          : bank.session.cancel({ session_id: sessionId }, options);
      });
      return answered('yes');
    } catch (error) {
      return answered(answerOf(error));
    }
  }
}

function infoRequest(attempt: Attempt, token: string) {
  return attempt.destination === 'bank_account'
    ? ({ type: 'bank_account_ru', bank_account_ru: { token } } as const)
    : ({ type: 'card', card: { type: 'encrypted_card', encrypted_card: { number_hash: token } } } as const);
}

/** An error object of the bank is no proof that nothing happened; only "provably not sent" is. */
function answerOf(error: unknown): Answer {
  if (error instanceof BankError) return { refused: error.code };
  if (error instanceof TransportError) return error.outcome === 'not-sent' ? 'not_sent' : 'unknown';
  return error instanceof Bank131Error && error.name === 'RequestError'
    ? { refused: 'invalid_request' }
    : 'unknown';
}
