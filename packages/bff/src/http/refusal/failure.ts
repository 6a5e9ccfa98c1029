import { BankError, KeyError, ResponseError, TransportError } from '@b131/api';
import { ConfigurationError } from '../../secrets/configuration-error.js';
import { StoreError } from '../../store/store.js';
import { TicketError, TicketKeysError } from '../../tickets/ticket-error.js';
import { ViewTokenError } from '../../tickets/view-token.js';
import type { AppDeps } from '../deps.js';
import { Problem } from './problem.js';

/** True for what only whoever runs the BFF can mend: their log needs the message, which names the option. */
function isMisconfiguration(error: unknown): boolean {
  return error instanceof KeyError || error instanceof ConfigurationError;
}

/** The problem that tells of a failure without its message; null when the failure is none that is foreseen. */
export function foreseen(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof TicketError) return new Problem(error.code, { detail: error.detail });
  if (error instanceof ViewTokenError) return new Problem('view_token_invalid');
  if (error instanceof TicketKeysError) return new Problem('ticket_keys_unavailable');
  if (error instanceof StoreError) return new Problem('store_unavailable');
  if (error instanceof BankError) return bankRefused(error);
  if (error instanceof TransportError || error instanceof ResponseError) {
    return new Problem('bank_unavailable');
  }
  return null;
}

/** The problem of a failure nobody foresaw, once the host was told of it. */
export function unforeseen(error: unknown, deps: AppDeps): Problem {
  const id = report(error, deps);
  return new Problem(isMisconfiguration(error) ? 'misconfigured' : 'internal_error', { members: { id } });
}

/** Only what looks like a code goes on: the bank's words may quote what we sent. */
function bankRefused({ code }: BankError): Problem {
  const safe = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(code) ? code : 'unknown_error';
  return new Problem('bank_refused', { detail: `The bank's code: ${safe}` });
}

/** Tells the host of a failure that nobody foresaw, and gives the id under which it was told. */
export function report(error: unknown, { onError }: AppDeps): string {
  const id = crypto.randomUUID();
  try {
    onError?.(error, id);
  } catch {
    // A logger that fails must not change the answer.
  }
  return id;
}
