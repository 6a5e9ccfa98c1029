import type { FailureName } from '../faces/failures.js';
import type { FaceName } from '../faces/names.js';
import type { MoneyName, NextName } from '../faces/table.js';

/**
 * Words of a face. `title`: what happened; `text`: about it. What it says about the money and about what comes next
 * is in `money` and `next`, a sentence each, because many faces say the same.
 */
export interface FaceText {
  readonly title: string;
  readonly text?: string;
}

/**
 * Every text of the element in one language. `{amount}`, `{to}`, `{returned}` and `{time}` are filled in; a sentence
 * whose value is not known is left out.
 */
export interface Texts {
  readonly faces: Readonly<Record<FaceName, FaceText>>;
  /** Why a payout failed: the `text` of the `failed` face. */
  readonly failures: Readonly<Record<FailureName, string>>;
  /** Whether money has moved. */
  readonly money: Readonly<Record<MoneyName, string>>;
  /** What to do, and what happens when. A face says one of these sentences, or two. */
  readonly next: Readonly<Record<NextName, string>>;
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
    /** A confirmation or cancellation that got no answer. */
    readonly answerLost: string;
    readonly answerExpired: string;
  };
}
