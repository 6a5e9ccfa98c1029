import type { FaceName } from '../faces/names.js';

/**
 * Texts of a face. `title`: what happened; `text`: about it; `money`: whether money has moved; `next`: what to do.
 * `{amount}`, `{account}`, `{to}`, `{returned}` and `{time}` are filled in; a sentence whose value is missing is left out.
 */
export interface FaceText {
  readonly title: string;
  readonly text: string;
  readonly money: string;
  readonly next: string;
}

/** Bank codes of a failed payout with a text of their own; the others get `other`. */
export type FailureName =
  | 'account_not_found'
  | 'confirm_timeout'
  | 'operation_rejected'
  | 'session_cancelled'
  | 'provider_internal_error'
  | 'provider_issuer_unavailable'
  | 'provider_timeout'
  | 'provider_exceeds_amount_limit'
  | 'amount_less_allowed_provider'
  | 'provider_foreign_transfer_prohibited'
  | 'bank_card_expired'
  | 'card_number_does_not_exist'
  | 'declined_by_issuer_bank'
  | 'other';

/** Every text of the element in one language. */
export interface Texts {
  readonly faces: Readonly<Record<FaceName, FaceText>>;
  /** Replaces `text` and `next` of the `failed` face. */
  readonly failures: Readonly<Record<FailureName, { readonly text: string; readonly next: string }>>;
  /** `failed` and `cancelled` when the payout cannot be tried again by the recipient. */
  readonly noMoreTries: string;
  readonly steps: {
    readonly label: string;
    readonly account: string;
    readonly check: string;
    readonly paid: string;
  };
  readonly labels: {
    /** Above the amount: before the end, after it, and when the money did not come. */
    readonly youReceive: string;
    readonly paidToYou: string;
    readonly amount: string;
    readonly account: string;
    readonly card: string;
    /** Where the money goes, as `{to}` in a sentence: `account 40817***9535`. */
    readonly toAccount: string;
    readonly toCard: string;
    readonly purpose: string;
    readonly paidAt: string;
    readonly returnedAmount: string;
    readonly reference: string;
    readonly errorCode: string;
  };
  readonly buttons: {
    readonly confirm: string;
    readonly cancel: string;
    readonly another: string;
    readonly retry: string;
    readonly checkAgain: string;
  };
  readonly notes: {
    /** Under the bank's form. */
    readonly bankForm: string;
    readonly renewed: string;
    readonly rebuilt: string;
    readonly outOfContact: string;
    /** News will not come by themselves any more. */
    readonly outOfSight: string;
    readonly confirmBy: string;
    readonly partlyReturned: string;
    /** About the money, when we could not even ask whether a payout is under way. */
    readonly moneyUntouched: string;
    /** A confirmation or cancellation that got no answer. */
    readonly answerLost: string;
    readonly answerExpired: string;
  };
}
