import * as z from 'zod';
import type { Secrets } from '../secrets/secrets.js';
import type { Personal, PersonalContent } from './payout.js';

const purpose = 'personal';
const content = z.object({ fullName: z.string(), token: z.string() });

/** Seals what identifies the recipient, for the store. */
export async function sealPersonal(
  payoutId: string,
  inside: PersonalContent,
  secrets: Secrets,
): Promise<Personal> {
  return { payoutId, sealed: await secrets.seal(purpose, JSON.stringify(inside)) };
}

/** Opens it again; null when it was dropped, or the secret it was sealed with is gone. */
export async function openPersonal(
  personal: Personal | null,
  secrets: Secrets,
): Promise<PersonalContent | null> {
  const text = personal && (await secrets.open(purpose, personal.sealed));
  return text === null ? null : content.parse(JSON.parse(text));
}
