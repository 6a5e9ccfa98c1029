import * as z from 'zod';

const longest = 500;

/** Words of a person about why they act, for the journal: no personal data belongs there. */
export const reasonText = z
  .string('is no text; say in words why')
  .trim()
  .min(1, 'is empty; say in words why')
  .max(longest, `is longer than ${longest} characters; say it shorter`)
  .regex(/^\P{Cc}*$/u, 'holds control characters such as line breaks; send one line')
  .describe('Why, for the journal. No personal data.');
