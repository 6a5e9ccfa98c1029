import type { PayoutView } from '../../src/bff/payout.js';
import { payoutStatuses } from '../../src/bff/payout.js';
import { type ErrorCode, errorTable } from '../../src/faces/errors.js';
import { start } from '../../src/flow/next.js';
import type { State, Step } from '../../src/flow/state.js';
import { en } from '../../src/locales/en.js';

/** A payout with everything known. */
export const payout: PayoutView = {
  id: 'po_1',
  ref: 'order-1042',
  status: 'created',
  version: 1,
  attempt: 1,
  amount: 150000,
  currency: 'RUB',
  description: 'Refund for order 1042',
  destination: { kind: 'bank_account', masked: '40817***9535' },
  confirm: 'automatic',
  error: null,
  retryable: false,
  confirmBy: null,
  returnedAmount: 0,
  createdAt: '2026-03-02T09:00:00Z',
  updatedAt: '2026-03-02T09:01:00Z',
  finishedAt: '2026-03-02T09:02:00Z',
};

const result = { kind: 'bank_account', token: 'f'.repeat(64), masked: '40817***9535' } as const;

function of(step: Step): State {
  return { ...start, step };
}

function paying(change: Partial<PayoutView>, more: Partial<Step & { at: 'payout' }> = {}): State {
  return of({ at: 'payout', payout: { ...payout, ...change }, asked: null, notice: null, ...more });
}

/** Every code of `b131-error`. */
export function errorCodes(): ErrorCode[] {
  const known = (code: string): code is ErrorCode => code in errorTable;
  return Object.keys(errorTable).filter(known);
}

/** Every state a recipient can meet, by a name of its own. */
export function everyState(): Map<string, State> {
  const states = new Map<string, State>([
    ['waiting', of({ at: 'waiting' })],
    ['finding', of({ at: 'finding' })],
    ['preparing', of({ at: 'preparing', notice: 'renewed' })],
    ['form', of({ at: 'form', notice: null })],
    ['form, rebuilt', of({ at: 'form', notice: 'rebuilt' })],
    ['held', of({ at: 'held', result })],
    ['sending', of({ at: 'sending', result })],
    ['tokenized', { mode: 'token', step: { at: 'tokenized', result } }],
  ]);
  for (const status of payoutStatuses) states.set(status, paying({ status }));
  const review = { status: 'awaiting_confirmation', confirm: 'recipient' } as const;
  states.set('review', paying({ ...review, confirmBy: '2026-03-02T09:15:00Z' }));
  states.set('review, answered', paying(review, { asked: 'confirm' }));
  states.set('review, answer lost', paying(review, { notice: 'network' }));
  states.set('review, ticket expired', paying(review, { notice: 'ticket_expired' }));
  states.set('partly returned', paying({ status: 'succeeded', returnedAmount: 50000 }));
  states.set(
    'to a card',
    paying({ status: 'succeeded', destination: { kind: 'card', masked: '•••• 4242' } }),
  );
  states.set('out of contact', paying({ status: 'processing' }, { notice: 'out_of_contact' }));
  states.set('out of sight', paying({ status: 'processing' }, { notice: 'view_token_invalid' }));
  states.set('in progress elsewhere', paying({ status: 'processing' }, { notice: 'payout_in_progress' }));
  states.set('finished elsewhere', paying({ status: 'succeeded' }, { notice: 'payout_finished' }));
  for (const code of Object.keys(en.failures)) {
    states.set(`failed: ${code}`, paying({ status: 'failed', error: { code }, retryable: true }));
  }
  // What leaves the bank's form standing has no face of ours.
  for (const code of errorCodes().filter((name) => errorTable[name].face !== 'form')) {
    states.set(`error: ${code}`, of({ at: 'problem', code, result: null, unsure: false, early: false }));
  }
  states.set(
    'early',
    of({ at: 'problem', code: 'bank_unavailable', result: null, unsure: false, early: true }),
  );
  states.set('unsure', of({ at: 'problem', code: 'network', result, unsure: true, early: false }));
  return states;
}
