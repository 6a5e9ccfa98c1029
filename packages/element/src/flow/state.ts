import { isFinal, type PayoutView } from '../bff/payout.js';
import type { ErrorCode } from '../faces/errors.js';
import type { TokenResult } from '../widget/result/read.js';

/** `payout` goes from the account to the money, `token` ends with the token. */
export type Mode = 'payout' | 'token';

/** What is said above the bank's form after something the recipient should know. */
export type FormNotice = 'renewed' | 'rebuilt';

/** What is said on a payout's face besides its status. */
export type PayoutNotice = ErrorCode | 'out_of_contact';

/** Where the element stands. */
export type Step =
  /** No ticket yet. */
  | { readonly at: 'waiting' }
  /** Asking whether this reference has a payout already. */
  | { readonly at: 'finding' }
  /** Getting the widget's script and a public token. */
  | { readonly at: 'preparing'; readonly notice: FormNotice | null }
  /** The bank's form can be used. */
  | { readonly at: 'form'; readonly notice: FormNotice | null }
  /** The page holds the token back: `startPayout()` goes on. */
  | { readonly at: 'held'; readonly result: TokenResult }
  /** Token mode: the page has the token. */
  | { readonly at: 'tokenized'; readonly result: TokenResult }
  /** The payout is being asked for. */
  | { readonly at: 'sending'; readonly result: TokenResult }
  | {
      readonly at: 'payout';
      readonly payout: PayoutView;
      /** The recipient's word that is on its way. */
      readonly asked: 'confirm' | 'cancel' | null;
      readonly notice: PayoutNotice | null;
    }
  | {
      readonly at: 'problem';
      readonly code: ErrorCode;
      /** The token that was, or may have been, sent: trying again sends the same one. */
      readonly result: TokenResult | null;
      /** The request may have started a payout. */
      readonly unsure: boolean;
      /** It came up before we knew whether there is a payout already. */
      readonly early: boolean;
    };

/** State of the flow: plain data, without tickets. */
export interface State {
  readonly mode: Mode;
  readonly step: Step;
}

/** While this is true neither `reset()` nor a new ticket changes anything. */
export function moneyInFlight({ step }: State): boolean {
  if (step.at === 'sending') return true;
  if (step.at === 'payout') return !isFinal(step.payout.status);
  return step.at === 'problem' && step.unsure;
}
