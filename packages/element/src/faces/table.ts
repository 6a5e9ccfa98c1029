import type { FaceName } from './names.js';

/** The mood of a face; picks its colour and icon. Red is kept for a payout that failed. */
export type Tone = 'info' | 'busy' | 'good' | 'warn' | 'bad';

/** What can be said about the money. */
export type MoneyName =
  /** Nothing was sent, and by this nothing will be. */
  | 'none'
  /** Nothing was sent so far. */
  | 'notYet'
  /** It may be under way. */
  | 'notArrived'
  /** It waits for the recipient's own word. */
  | 'yourWord'
  /** It comes, and comes once. */
  | 'once'
  /** It did not come a second time. */
  | 'notTwice'
  /** Whether it went will be told. */
  | 'toBeTold'
  /** It went back. */
  | 'back'
  /** Nobody knows yet; it will not go twice. */
  | 'unknown'
  /** This trouble moved none; an earlier payout is not touched by it. */
  | 'notByThis';

/** What can be said about what comes next, a sentence each. */
export type NextName =
  | 'goesOn'
  | 'useSite'
  | 'arrives'
  | 'leave'
  | 'nothing'
  | 'finalWord'
  | 'resultHere'
  | 'askBank'
  | 'askBankThenSupport'
  | 'seeBelow'
  | 'again'
  | 'later'
  | 'tomorrow'
  | 'checkAgain'
  | 'reload'
  | 'ourselves'
  | 'otherFirst'
  | 'otherBrowser'
  | 'orSupport'
  | 'support'
  | 'toGoOn'
  | 'startAgain'
  | 'checkAccount'
  | 'checkCard'
  | 'againOrOther'
  | 'otherMayWork'
  | 'otherBank'
  | 'orOtherBank'
  | 'otherCard'
  | 'russianBank';

/** What a face has besides its own words. */
export interface FaceRow {
  readonly tone: Tone;
  /** Null where the face itself says it, or nothing was asked for yet. */
  readonly money: MoneyName | null;
  readonly next: readonly NextName[];
}

/** What every face says about the money and what comes next: decided here once, worded by each language. */
export const faceTable: Readonly<Record<FaceName, FaceRow>> = {
  loading: { tone: 'busy', money: null, next: [] },
  waiting: { tone: 'busy', money: null, next: [] },
  form: { tone: 'info', money: null, next: [] },
  held: { tone: 'info', money: 'notYet', next: ['goesOn'] },
  sending: { tone: 'busy', money: 'notYet', next: [] },
  tokenized: { tone: 'good', money: 'none', next: ['useSite'] },

  starting: { tone: 'busy', money: 'notArrived', next: ['arrives', 'leave'] },
  processing: { tone: 'busy', money: 'notArrived', next: ['arrives', 'leave'] },
  review: { tone: 'info', money: 'yourWord', next: ['finalWord'] },
  awaiting: { tone: 'busy', money: 'notYet', next: ['nothing', 'leave'] },
  confirming: { tone: 'busy', money: 'once', next: ['arrives', 'leave'] },
  cancelling: { tone: 'busy', money: 'toBeTold', next: [] },
  succeeded: { tone: 'good', money: null, next: ['arrives'] },
  failed: { tone: 'bad', money: 'none', next: [] },
  cancelled: { tone: 'warn', money: 'none', next: [] },
  returned: { tone: 'warn', money: 'back', next: ['askBankThenSupport'] },
  needs_attention: { tone: 'warn', money: 'unknown', next: ['nothing', 'resultHere'] },

  payout_in_progress: { tone: 'info', money: 'once', next: [] },
  payout_finished: { tone: 'info', money: 'notTwice', next: [] },
  not_confirmable: { tone: 'info', money: null, next: ['seeBelow'] },
  attempts_exhausted: { tone: 'warn', money: 'none', next: ['support'] },
  limit_exceeded: { tone: 'warn', money: 'none', next: ['tomorrow'] },
  ticket_missing: { tone: 'warn', money: 'none', next: ['again', 'orSupport'] },
  ticket_invalid: { tone: 'warn', money: 'none', next: ['reload', 'orSupport'] },
  ticket_expired: { tone: 'warn', money: 'notByThis', next: ['reload'] },
  ticket_mismatch: { tone: 'warn', money: 'notByThis', next: ['support'] },
  busy: { tone: 'info', money: 'none', next: ['otherFirst'] },
  inside_form: { tone: 'warn', money: 'none', next: ['support'] },
  misconfigured: { tone: 'warn', money: 'none', next: ['support'] },
  blocked: { tone: 'warn', money: 'none', next: ['otherBrowser'] },
  offline: { tone: 'warn', money: 'none', next: ['ourselves'] },
  timeout: { tone: 'warn', money: 'none', next: ['again'] },
  load_failed: { tone: 'warn', money: 'none', next: ['later'] },
  bad_script: { tone: 'warn', money: 'none', next: ['later', 'orSupport'] },
  bank_unavailable: { tone: 'warn', money: 'none', next: ['later'] },
  internal: { tone: 'warn', money: 'none', next: ['again', 'orSupport'] },
  unsure: { tone: 'warn', money: 'unknown', next: ['checkAgain'] },
};
