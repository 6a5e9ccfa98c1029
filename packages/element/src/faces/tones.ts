import type { FaceName } from './names.js';

/** The mood of a face; picks its colour and icon. */
export type Tone = 'info' | 'busy' | 'good' | 'warn' | 'bad';

const tones: Readonly<Record<FaceName, Tone>> = {
  loading: 'busy',
  waiting: 'busy',
  form: 'info',
  held: 'info',
  sending: 'busy',
  tokenized: 'good',
  starting: 'busy',
  processing: 'busy',
  review: 'info',
  awaiting: 'busy',
  confirming: 'busy',
  cancelling: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'warn',
  returned: 'warn',
  needs_attention: 'warn',
  inside_form: 'bad',
  busy: 'info',
  misconfigured: 'bad',
  blocked: 'bad',
  offline: 'warn',
  timeout: 'warn',
  load_failed: 'warn',
  bad_script: 'bad',
  ticket_missing: 'warn',
  ticket_invalid: 'bad',
  ticket_expired: 'warn',
  ticket_mismatch: 'bad',
  payout_in_progress: 'info',
  payout_finished: 'info',
  attempts_exhausted: 'warn',
  limit_exceeded: 'warn',
  not_confirmable: 'info',
  bank_unavailable: 'warn',
  internal: 'bad',
  unsure: 'warn',
};

/** The tone of a face. */
export function toneOf(face: FaceName): Tone {
  return tones[face];
}
