import { MAGIC_ENDINGS, type Outcome } from '../../bank/outcomes.js';

/** What the destination's last two digits ask the sandbox to do. */
export function outcomeWords(outcome: Outcome): string {
  const magic = MAGIC_ENDINGS.find((one) => one.outcome === outcome);
  return magic ? `${magic.meaning} (ending ${magic.ending})` : 'succeeds';
}
