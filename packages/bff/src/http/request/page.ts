import * as z from 'zod';
import { fromBase64Url, toBase64Url } from '../../encoding/base64.js';
import type { Place } from '../../store/store.js';

const largest = 100;
const usual = 50;

/** How many rows a page of a list holds. */
export const pageLimit = z
  .string()
  .regex(/^(?:[1-9]\d?|100)$/, `is no whole number from 1 to ${largest}; leave it out for ${usual}`)
  .transform(Number)
  .default(usual)
  .describe(`Rows a page holds, 1 to ${largest}; default ${usual}.`);

/** Where a list goes on. Opaque: only what an answer gave as `next` leads anywhere. */
export const pageCursor = z
  .string()
  .max(400, 'is no cursor; send `next` of the page before, unchanged')
  .transform((text, context): Place => {
    const place = readCursor(text);
    if (place) return place;
    context.addIssue('is no cursor; send `next` of the page before, unchanged');
    return z.NEVER;
  })
  .optional()
  .describe('`next` of the page before.');

/** `next` of an answer: a cursor, or null at the end. */
export const nextCursor = z
  .string()
  .nullable()
  .describe('Send it as `cursor` for the next page; null at the end.');

const encoder = new TextEncoder();

/** A place as text that fits into a URL. */
export function toCursor(place: Place | null): string | null {
  if (place === null) return null;
  const { createdAt, id } = place;
  return toBase64Url(encoder.encode(JSON.stringify({ createdAt, id })));
}

const placeSchema = z.object({ createdAt: z.int().nonnegative(), id: z.string() });

function readCursor(text: string): Place | null {
  const bytes = fromBase64Url(text);
  if (!bytes) return null;
  try {
    return placeSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
