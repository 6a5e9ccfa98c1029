import type { OpeningTexts } from './texts.js';

/** What an element says first, in English. */
export const enOpening: OpeningTexts = {
  faces: {
    loading: { title: 'The bank’s form is loading' },
    waiting: { title: 'Preparing your payout' },
    load_failed: { title: 'The bank’s form did not load', text: 'The bank could not be reached.' },
  },
  money: { notByThis: 'This has not moved any money. A payout already under way goes on.' },
  next: { reload: 'Please reload the page.' },
  steps: { label: 'Progress of the payout', account: 'Account', check: 'Check', paid: 'Paid' },
  labels: { youReceive: 'You receive' },
  notes: { bankForm: 'You enter your account details in a form of Bank 131.' },
};
