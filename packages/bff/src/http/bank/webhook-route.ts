import { SignatureError, WebhookError } from '@b131/api';
import type { Context } from 'hono';
import * as z from 'zod';
import type { OnEvent } from '../../events/events.js';
import { systemClock } from '../../tickets/clock.js';
import type { AppDeps, VerifiedWebhook } from '../deps.js';
import { Problem } from '../refusal/problem.js';
import { readRaw } from '../request/body.js';
import { committed } from '../request/committed.js';
import { names, type Route } from '../route/route.js';
import { json } from '../route/text-answer.js';

const largest = 256 * 1024;
const taken = z.strictObject({ status: z.literal('ok') }).register(names, { id: 'Taken' });

/** The bank's route. What is signed is answered with 200, known or not: an error would make the bank repeat it for ever. */
export function webhookRoute(deps: AppDeps, emit: OnEvent): Route {
  return {
    id: 'takeWebhook',
    method: 'POST',
    path: '/webhooks/bank131',
    caller: 'bank',
    summary: "The bank's webhooks",
    description:
      'Signed by the bank over the raw body, known or not: each is answered 200 once it is committed.',
    answers: { 200: { what: 'Taken.', schema: taken } },
    async handle(c) {
      // Somebody in front of us has parsed the body: what was signed is gone, and a signature would look forged.
      if (c.req.raw.bodyUsed) throw new Error('the body of the webhook was read before it came to the BFF');
      const raw = await readRaw(c, largest);
      const webhook = await verify(c, raw, deps, emit);
      if (webhook) await take(c, raw, webhook, deps, emit);
      return json(c, { status: 'ok' }, 200);
    },
  };
}

async function verify(
  c: Context,
  raw: Uint8Array<ArrayBuffer>,
  deps: AppDeps,
  emit: OnEvent,
): Promise<VerifiedWebhook | null> {
  try {
    return await deps.verifyWebhook(raw, c.req.header('x-partner-sign') ?? null);
  } catch (error) {
    if (error instanceof SignatureError) {
      emit({ type: 'webhook.refused', code: `signature_${error.reason}` });
      throw new Problem('signature_invalid');
    }
    if (!(error instanceof WebhookError)) throw error;
    emit({ type: 'webhook.refused', code: `unreadable_${error.reason}` });
    return null;
  }
}

async function take(
  c: Context,
  raw: Uint8Array<ArrayBuffer>,
  { type, sessionId, changedAt = null }: VerifiedWebhook,
  deps: AppDeps,
  emit: OnEvent,
): Promise<void> {
  if (sessionId === null) return emit({ type: 'webhook.refused', code: 'without_session' });
  const digest = hex(await crypto.subtle.digest('SHA-256', raw));
  const known = await deps.desk.takeWebhook({ digest, type, sessionId });
  const lagMs = changedAt === null ? null : (deps.clock ?? systemClock).now() - changedAt;
  emit({ type: 'webhook.taken', webhook: type, sessionId, known, lagMs });
  if (known) committed(c, deps);
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
