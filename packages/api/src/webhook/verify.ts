import { RequestError } from '../errors/request-error.js';
import { SignatureError } from '../errors/signature-error.js';
import { WebhookError } from '../errors/webhook-error.js';
import { issuesOf } from '../schema/issues.js';
import { isRecord } from '../schema/tolerant.js';
import { fromBase64 } from '../signature/base64.js';
import { verifyBody } from '../signature/verify.js';
import { type Webhook, webhookSchema } from './webhook.js';

/** Believes a webhook only if one of the keys verifies its raw body. @throws SignatureError, RequestError */
export async function checkSignature(
  keys: readonly CryptoKey[],
  rawBody: Uint8Array,
  signature: string | null | undefined,
): Promise<void> {
  if (!ArrayBuffer.isView(rawBody)) {
    const message = 'must be the raw bytes of the body, a Uint8Array: read them before any JSON parser does';
    throw new RequestError([{ path: 'rawBody', message }], 'verifyWebhook');
  }
  const text = signature?.trim();
  if (!text) throw new SignatureError('missing');
  if (!fromBase64(text)) throw new SignatureError('malformed');
  const verdicts = await Promise.all(keys.map((key) => verifyBody(key, rawBody, text)));
  if (!verdicts.includes(true)) throw new SignatureError('invalid');
}

/** Reads the body of a webhook that is known to be the bank's. @throws WebhookError */
export function readWebhook(rawBody: Uint8Array): Webhook {
  const body = parse(rawBody);
  const type = isRecord(body) && typeof body.type === 'string' ? body.type : undefined;
  if (!isRecord(body) || !isRecord(body.session)) throw new WebhookError('no-session', type);
  const result = webhookSchema.safeParse(body);
  if (!result.success) throw new WebhookError('schema', type, issuesOf(result.error));
  return result.data;
}

function parse(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    throw new WebhookError('not-json');
  }
}
