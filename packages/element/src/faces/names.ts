/** Faces while there is no payout yet. */
export type PrologueFace = 'loading' | 'waiting' | 'form' | 'held' | 'sending' | 'tokenized';

/** Faces of a payout. */
export type PayoutFace =
  | 'starting'
  | 'processing'
  | 'review'
  | 'awaiting'
  | 'confirming'
  | 'cancelling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'returned'
  | 'needs_attention';

/** Faces, or notices on a payout's face, for something that went wrong. */
export type ErrorFace =
  | 'form'
  | 'inside_form'
  | 'busy'
  | 'misconfigured'
  | 'blocked'
  | 'offline'
  | 'timeout'
  | 'load_failed'
  | 'bad_script'
  | 'ticket_missing'
  | 'ticket_invalid'
  | 'ticket_expired'
  | 'ticket_mismatch'
  | 'payout_in_progress'
  | 'payout_finished'
  | 'attempts_exhausted'
  | 'limit_exceeded'
  | 'not_confirmable'
  | 'bank_unavailable'
  | 'internal'
  | 'unsure';

/** Every face a recipient can meet. */
export type FaceName = PrologueFace | PayoutFace | ErrorFace;
