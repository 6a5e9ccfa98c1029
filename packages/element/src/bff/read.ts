import { asFields, asText } from './fields.js';
import { type PayoutStatus, type PayoutView, payoutStatuses } from './payout.js';

function asNumber(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** A status that a newer backend invents is shown as work in progress: it promises nothing. */
function asStatus(value: unknown): PayoutStatus {
  return payoutStatuses.find((status) => status === value) ?? 'processing';
}

function asDestination(value: unknown): PayoutView['destination'] {
  const fields = asFields(value);
  return {
    kind: fields?.kind === 'card' ? 'card' : 'bank_account',
    masked: asText(fields?.masked),
  };
}

function asError(value: unknown): PayoutView['error'] {
  const code = asText(asFields(value)?.code);
  return code === null ? null : { code };
}

/** Reads a payout out of a JSON value; null when it has no id, status or amount. */
export function readPayout(value: unknown): PayoutView | null {
  const fields = asFields(value);
  const id = asText(fields?.id);
  if (fields === null || id === null) return null;
  if (typeof fields.status !== 'string' || typeof fields.amount !== 'number') return null;
  return {
    id,
    ref: asText(fields.ref) ?? '',
    status: asStatus(fields.status),
    version: asNumber(fields.version, 0),
    attempt: asNumber(fields.attempt, 1),
    amount: fields.amount,
    currency: asText(fields.currency) ?? 'RUB',
    description: asText(fields.description) ?? '',
    destination: asDestination(fields.destination),
    confirm: fields.confirm === 'recipient' ? 'recipient' : 'automatic',
    error: asError(fields.error),
    retryable: fields.retryable === true,
    confirmBy: asText(fields.confirmBy),
    returnedAmount: asNumber(fields.returnedAmount, 0),
    createdAt: asText(fields.createdAt) ?? '',
    updatedAt: asText(fields.updatedAt) ?? '',
    finishedAt: asText(fields.finishedAt),
  };
}
