import type { Break } from './break.ts';
import * as decisions from './decisions.ts';
import * as requests from './requests.ts';
import * as storage from './storage.ts';

/** Every safety rule that can be taken out, by the name that `--break` takes. */
export const breaks: Readonly<Record<string, Break>> = {
  'resend-start': decisions.resendStart,
  'fail-on-timeout': decisions.failOnTimeout,
  'fail-on-bank-error': decisions.failOnBankError,
  'trust-answer': decisions.trustAnswer,
  'confirm-on-error': decisions.confirmOnError,
  'trust-amount': decisions.trustAmount,
  'lease-resend': decisions.leaseResend,
  'forget-old-attempts': decisions.forgetOldAttempts,
  'session-error-final': decisions.sessionErrorFinal,
  'retry-without-cancel': decisions.retryWithoutCancel,
  'give-up-as-failed': decisions.giveUpAsFailed,
  'ignore-pause': decisions.ignorePause,
  'no-cas': storage.noCas,
  'no-intent': storage.noIntent,
  'lost-wake': storage.lostWake,
  unlimited: storage.unlimited,
  'forget-notice': storage.forgetNotice,
  'endless-lease': storage.endlessLease,
  'two-rows': storage.twoRows,
  'ack-before-store': requests.ackBeforeStore,
  'believe-forged': requests.believeForged,
  'act-on-webhook': requests.actOnWebhook,
  'two-accounts': requests.twoAccounts,
};

/** What may be taken out without harm, because safety must not rest on it. */
export const harmless: Readonly<Record<string, Break>> = { 'no-lease': storage.noLease };
