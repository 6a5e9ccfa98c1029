import { html, type TemplateResult } from 'lit';
import type { SessionView } from '../../control/view.js';
import { type IconName, icon } from './icon.js';

export type Tone = 'good' | 'bad' | 'wait' | 'work' | 'plain';

/** How a payout stands, in one glance. */
export interface Standing {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly words: string;
}

/** Reads a session and its last payout as a person would. */
export function standingOf({ status, next_action, payouts }: SessionView): Standing {
  const payout = payouts.at(-1);
  if (next_action === 'confirm') return { tone: 'wait', icon: 'wait', words: 'Waits for confirmation' };
  if (status === 'error') return { tone: 'bad', icon: 'warn', words: 'Error, not final' };
  if (!payout) {
    return status === 'cancelled'
      ? { tone: 'plain', icon: 'no', words: 'Cancelled' }
      : { tone: 'plain', icon: 'dot', words: 'Created, not started' };
  }
  if (payout.status === 'failed') return failure(payout.error?.code);
  const back = payout.refunds.reduce((sum, { amount }) => sum + amount, 0);
  if (back > 0 && back < payout.amount) return { tone: 'bad', icon: 'back', words: 'Partly returned' };
  if (back > 0) return { tone: 'bad', icon: 'back', words: 'Paid, then returned' };
  if (payout.status === 'succeeded') return { tone: 'good', icon: 'yes', words: 'Paid' };
  return { tone: 'work', icon: 'dot', words: 'Processing' };
}

function failure(code: string | undefined): Standing {
  if (code === 'session_cancelled_by_partner') return { tone: 'plain', icon: 'no', words: 'Cancelled' };
  if (code === 'confirm_timeout') return { tone: 'bad', icon: 'no', words: 'Not confirmed in time' };
  return { tone: 'bad', icon: 'no', words: 'Failed' };
}

export function badge({ tone, icon: name, words }: Standing): TemplateResult {
  return html`<span class="badge" data-tone=${tone}>${icon(name)}${words}</span>`;
}
