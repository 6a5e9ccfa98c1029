import type { Hono } from 'hono';
import type { Bank } from '../bank/bank.js';
import { Refusal, type Version } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';
import type { Exchange } from '../control/exchange.js';
import type { Journal } from '../control/journal.js';
import type { Clock } from '../time/clock.js';
import type { Authentication } from './authentication.js';
import { parseJson, readBody } from './body.js';
import { CALLS, type Call, type CallAnswer } from './calls.js';
import { topLevel } from './requests.js';

/** What the bank's API is made of. */
export interface DoorParts {
  readonly clock: Clock;
  readonly authentication: Authentication;
  readonly bank: Bank;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly journal: Journal;
}

/** What a call came to: an HTTP answer and what the journal says of it. */
interface Outcome {
  readonly httpStatus: number;
  readonly body: object | string;
  readonly outcome: string;
  readonly sessionId?: string;
  readonly hint?: string;
}

/** Bodies of the API are small. */
const BODY_LIMIT = 64 * 1024;

/** Puts the bank's API, `/api/v1/*` and `/api/v2/*`, into an app. */
export function mountDoor(app: Hono, parts: DoorParts): void {
  const usedKeys = new Set<string>();
  app.all('/api/:version{v[0-9]+}/:method{.+}', async (c) => {
    const { version, method } = c.req.param();
    const from = parts.clock.now();
    const bytes = await readBody(c.req.raw, BODY_LIMIT);
    const outcome = await answerTo({ request: c.req.raw, version, method, bytes }, parts, usedKeys);
    const named = outcome.sessionId ?? namedSession(bytes, parts.bank);
    const answer = answerOf(outcome);
    report(parts.journal, { ...outcome, ...(named !== undefined && { sessionId: named }) }, version, method, {
      request: {
        verb: c.req.method,
        url: c.req.path,
        headers: Object.fromEntries(c.req.raw.headers),
        body: bytes ?? '',
      },
      answer,
      ms: parts.clock.now() - from,
    });
    return new Response(answer.body, { status: answer.httpStatus, headers: answer.headers });
  });
}

/** A call as it came in. `bytes`: its body, `null` when that was too large. */
interface Incoming {
  readonly request: Request;
  readonly version: string;
  readonly method: string;
  readonly bytes: Uint8Array | null;
}

async function answerTo(
  { request, version, method, bytes }: Incoming,
  parts: DoorParts,
  usedKeys: Set<string>,
): Promise<Outcome> {
  const found = findCall(request.method, version, method);
  if ('httpStatus' in found) return found;
  if (!bytes) return refused(413, 'invalid_request', `The body is larger than ${BODY_LIMIT} bytes`);
  const rejection = await parts.authentication.check(request.headers, signedBodies(found.call, bytes));
  if (rejection) return refused(200, rejection.code, rejection.description, rejection.hint);
  return runOnce(found, bytes, request.headers.get('x-partner-idempotency-key'), parts, usedKeys);
}

/** SDK: a repeated key is refused with HTTP 400. A call that was never taken up does not use its key. */
function runOnce(
  found: { call: Call; version: Version },
  bytes: Uint8Array,
  key: string | null,
  parts: DoorParts,
  usedKeys: Set<string>,
): Outcome {
  const counts = key !== null && found.call.idempotent;
  if (counts && usedKeys.has(key)) return DUPLICATE;
  const outcome = run(found, bytes, parts);
  if (counts && outcome.outcome !== 'invalid_request') usedKeys.add(key);
  return outcome;
}

function run(
  { call, version }: { call: Call; version: Version },
  bytes: Uint8Array,
  parts: DoorParts,
): Outcome {
  try {
    const body = bytes.length === 0 ? {} : parseJson(bytes);
    if (body === undefined) return refused(200, 'invalid_request', 'The body is not JSON');
    return done(call.run({ version, fields: topLevel(body), ...parts }));
  } catch (error) {
    if (error instanceof Refusal) return refused(200, error.code, error.message);
    throw error;
  }
}

function findCall(verb: string, version: string, method: string): { call: Call; version: Version } | Outcome {
  const call = Object.hasOwn(CALLS, method) ? CALLS[method] : undefined;
  if (!call)
    return unknown(`There is no method '${method.slice(0, 80).replaceAll(/[^\w/-]/g, '?')}' in this sandbox`);
  const known = call.versions.find((candidate) => candidate === version);
  if (!known) return unknown(`${method} is not a method of ${version}: use ${call.versions.join(' or ')}`);
  if (verb !== call.verb) return refused(405, 'invalid_request', `${method} is called with ${call.verb}`);
  return { call, version: known };
}

/**
 * The byte strings a signature may be over. The bank's SDK sends and signs the body `[]` even with GET, and a
 * fetch-shaped request cannot carry a body then: so both readings of an empty GET are right.
 */
function signedBodies(call: Call, bytes: Uint8Array): Uint8Array[] {
  return call.verb === 'GET' && bytes.length === 0 ? [bytes, new TextEncoder().encode('[]')] : [bytes];
}

function done({ body, sessionId, lost }: CallAnswer): Outcome {
  const named = sessionId === undefined ? {} : { sessionId };
  if (lost) return { httpStatus: lost, body: lostPage(lost), outcome: 'answer_lost', ...named };
  return { httpStatus: 200, body: { status: 'ok', ...body }, outcome: 'ok', ...named };
}

function refused(httpStatus: number, code: string, description: string, hint?: string): Outcome {
  const body = { status: 'error', error: { code, description } };
  return { httpStatus, body, outcome: code, ...(hint !== undefined && { hint }) };
}

function unknown(description: string): Outcome {
  const methods = Object.entries(CALLS).map(([name, call]) => `${call.versions.join('|')}/${name}`);
  return refused(404, 'invalid_request', `${description}. It has: ${methods.join(', ')}`);
}

const DUPLICATE = refused(400, 'idempotency_key_already_exists', 'already in progress or processed');

/** What a proxy in front of a bank says when the answer got lost behind it. */
function lostPage(httpStatus: 502 | 504): string {
  const title = httpStatus === 502 ? '502 Bad Gateway' : '504 Gateway Time-out';
  return `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>\n`;
}

/** The session that a refused call was about, if there is one: the refusal belongs to its story. */
function namedSession(bytes: Uint8Array | null, bank: Bank): string | undefined {
  const body = bytes && bytes.length > 0 ? parseJson(bytes) : undefined;
  if (typeof body !== 'object' || body === null || !('session_id' in body)) return undefined;
  const { session_id } = body;
  return typeof session_id === 'string' && bank.knows(session_id) ? session_id : undefined;
}

function report(
  journal: Journal,
  outcome: Outcome,
  version: string,
  method: string,
  exchange: Exchange,
): void {
  const { httpStatus, sessionId, hint } = outcome;
  const known = Object.hasOwn(CALLS, method);
  journal.add(
    {
      kind: 'request',
      method: known ? method : 'unknown',
      version,
      httpStatus,
      ms: exchange.ms,
      outcome: outcome.outcome,
      ...(sessionId !== undefined && { sessionId }),
      ...hintOf(outcome, hint),
    },
    exchange,
  );
}

/** Refusals of what was sent carry their description as the hint: it names fields, never values. */
function hintOf(outcome: Outcome, hint: string | undefined): { hint?: string } {
  if (hint !== undefined) return { hint };
  if (outcome.outcome !== 'invalid_request' || typeof outcome.body === 'string') return {};
  const error = 'error' in outcome.body ? outcome.body.error : undefined;
  if (typeof error !== 'object' || error === null || !('description' in error)) return {};
  return { hint: String(error.description) };
}

function answerOf({ httpStatus, body }: Outcome) {
  const html = typeof body === 'string';
  return {
    httpStatus,
    headers: { 'content-type': html ? 'text/html' : 'application/json', 'cache-control': 'no-store' },
    body: html ? body : JSON.stringify(body),
  };
}
