import type { Hono } from 'hono';
import type { Bank } from '../bank/bank.js';
import { Refusal, type Version } from '../bank/model.js';
import type { Settings } from '../bank/settings.js';
import type { Vault } from '../bank/vault.js';
import type { Exchange } from '../control/exchange.js';
import type { Journal } from '../control/journal.js';
import { ConnectionLost, proxyPage, type Spoilt, spoilt, staysOutside, waitFor } from '../faults/call.js';
import type { Faults, Strike } from '../faults/faults.js';
import type { Clock } from '../time/clock.js';
import type { Authentication } from './authentication.js';
import { parseJson, readBody } from './body.js';
import { CALLS, type Call, type CallAnswer, callNamed } from './calls.js';
import { type FaultWords, faultWords } from './fault-words.js';
import { topLevel } from './requests.js';

/** What the bank's API is made of. */
export interface DoorParts {
  readonly clock: Clock;
  readonly authentication: Authentication;
  readonly bank: Bank;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Idempotency keys, each with the moment it was used, ms since 1970. */
  readonly usedKeys: Map<string, number>;
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
  app.all('/api/:version{v[0-9]+}/:method{.+}', async (c) => {
    const { version, method } = c.req.param();
    const from = parts.clock.now();
    const bytes = await readBody(c.req.raw, BODY_LIMIT);
    const incoming = { request: c.req.raw, version, method, bytes, path: c.req.path, from };
    const named = namedSession(bytes, parts.bank);
    const words = faultWords(c.req.raw.headers, bytes, method);
    const strike = strikeOf(words, incoming, named, parts);
    const outcome = await outcomeOf(words, incoming, strike, parts);
    const told = { ...outcome, ...nameOf(outcome.sessionId ?? named) };
    rememberWords(words, told.sessionId, parts);
    return strike ? struckAnswer(incoming, told, strike, parts) : plainAnswer(incoming, told, parts);
  });
}

/** A call as it came in. `bytes`: its body, `null` when that was too large. `from`: when, ms since 1970. */
interface Incoming {
  readonly request: Request;
  readonly version: string;
  readonly method: string;
  readonly bytes: Uint8Array | null;
  readonly path: string;
  readonly from: number;
}

const nameOf = (sessionId: string | undefined) => (sessionId === undefined ? {} : { sessionId });

// What is asked to go wrong.

function strikeOf(
  words: FaultWords,
  { method }: Incoming,
  sessionId: string | undefined,
  { faults, bank }: DoorParts,
): Strike | null {
  if (words.problem !== null) return null;
  if (sessionId !== undefined) for (const order of words.session) faults.addOnce(order, sessionId);
  if (words.call) return faults.now(words.call);
  const ordinal = sessionId === undefined ? undefined : bank.ordinalOf(sessionId);
  return faults.onCall({ name: method, sessionId, ordinal });
}

/** What a session's metadata asked for waits for it from now on. */
function rememberWords({ session }: FaultWords, sessionId: string | undefined, { faults }: DoorParts): void {
  if (sessionId !== undefined) for (const order of session) faults.addOnce(order, sessionId);
}

async function outcomeOf(
  { problem }: FaultWords,
  incoming: Incoming,
  strike: Strike | null,
  parts: DoorParts,
): Promise<Outcome> {
  if (problem !== null) return refused(400, 'invalid_request', problem);
  if (strike && staysOutside(strike)) return { httpStatus: 0, body: '', outcome: 'never_arrived' };
  return answerTo(incoming, parts);
}

function plainAnswer(incoming: Incoming, told: Outcome, parts: DoorParts): Response {
  const answer = answerOf(told.httpStatus, textOf(told.body));
  report(incoming, told, answer, parts);
  return new Response(answer.body, { status: answer.httpStatus, headers: answer.headers });
}

/** The answer as the fault leaves it. @throws ConnectionLost when there is none */
async function struckAnswer(
  incoming: Incoming,
  told: Outcome,
  strike: Strike,
  parts: DoorParts,
): Promise<Response> {
  const { method, request } = incoming;
  const { journal, clock } = parts;
  journal.add({ kind: 'fault', fault: strike.kind, on: method, ...nameOf(told.sessionId) });
  const left = spoilt(strike, { httpStatus: told.httpStatus, body: textOf(told.body) });
  if (left.unanswered) {
    report(
      incoming,
      { ...told, httpStatus: 0, outcome: inDoubt(told), hint: hintOn(strike) },
      undefined,
      parts,
    );
    if (left.ms > 0) await waitFor(clock, left.ms, request.signal);
    throw new ConnectionLost();
  }
  if (left.ms > 0) await waitFor(clock, left.ms, request.signal);
  const answer = answerOf(left.httpStatus, left.body);
  report(incoming, toldAfter(told, left, strike), answer, parts);
  return new Response(answer.body, { status: answer.httpStatus, headers: answer.headers });
}

/** A refusal stays what it is in the log, though its caller does not hear it. */
function inDoubt({ outcome }: Outcome): string {
  return outcome === 'ok' ? 'answer_lost' : outcome;
}

function toldAfter(told: Outcome, left: Spoilt & { unanswered: false }, strike: Strike): Outcome {
  if (strike.kind === 'delay') return told;
  return { ...told, httpStatus: left.httpStatus, outcome: inDoubt(told), hint: hintOn(strike) };
}

function hintOn(strike: Strike): string {
  return staysOutside(strike)
    ? `The fault ${strike.kind} kept the call away from the bank. Its caller cannot know that: ask session/status.`
    : `The fault ${strike.kind} spoilt the answer of a call that was carried out. Its caller cannot know that: ask session/status, do not send it again.`;
}

// What the bank says.

async function answerTo({ request, version, method, bytes }: Incoming, parts: DoorParts): Promise<Outcome> {
  const found = findCall(request.method, version, method, parts.settings.personality.v2Everywhere);
  if ('httpStatus' in found) return found;
  if (!bytes) return refused(413, 'invalid_request', `The body is larger than ${BODY_LIMIT} bytes`);
  const rejection = await parts.authentication.check(request.headers, signedBodies(found.call, bytes, parts));
  const { refusalHttpStatus } = parts.settings.personality;
  if (rejection) return refused(refusalHttpStatus, rejection.code, rejection.description, rejection.hint);
  if (parts.settings.submerchantRequired && !request.headers.has('x-partner-submerchant')) {
    return refused(refusalHttpStatus, 'authorization_error', 'Authorization error', NO_SUBMERCHANT);
  }
  return runOnce({ ...found, method }, bytes, request.headers.get('x-partner-idempotency-key'), parts);
}

interface Found {
  readonly call: Call;
  readonly version: Version;
  readonly method: string;
}

/** SDK: a repeated key is refused with HTTP 400. assumed: a call that was never taken up does not use its key. */
function runOnce(found: Found, bytes: Uint8Array, key: string | null, parts: DoorParts): Outcome {
  const { keyScope, keyAfterRefusal } = parts.settings.personality;
  const scoped = keyScope === 'method' ? `${found.method} ${key}` : key;
  const counts = scoped !== null && key !== null && found.call.idempotent;
  if (counts && isUsed(scoped, parts)) return DUPLICATE;
  const outcome = run(found, bytes, parts);
  if (counts && (outcome.outcome !== 'invalid_request' || keyAfterRefusal === 'used')) {
    parts.usedKeys.set(scoped, parts.clock.now());
  }
  return outcome;
}

/** assumed: how long the bank remembers a key. */
function isUsed(key: string, { usedKeys, clock, settings }: DoorParts): boolean {
  const at = usedKeys.get(key);
  return at !== undefined && clock.now() - at <= settings.idempotencyKeyMs;
}

function run({ call, version }: Found, bytes: Uint8Array, parts: DoorParts): Outcome {
  const { refusalHttpStatus } = parts.settings.personality;
  try {
    const body = bytes.length === 0 ? {} : parseJson(bytes);
    if (body === undefined) return refused(refusalHttpStatus, 'invalid_request', 'The body is not JSON');
    return done(call.run({ version, fields: topLevel(body), ...parts }));
  } catch (error) {
    if (error instanceof Refusal) return refused(refusalHttpStatus, error.code, error.message, error.hint);
    throw error;
  }
}

function findCall(
  verb: string,
  version: string,
  method: string,
  v2Everywhere: boolean,
): { call: Call; version: Version } | Outcome {
  const call = callNamed(method);
  if (!call)
    return unknown(`There is no method '${method.slice(0, 80).replaceAll(/[^\w/-]/g, '?')}' in this sandbox`);
  const versions: readonly Version[] = v2Everywhere ? ['v1', 'v2'] : call.versions;
  const known = versions.find((candidate) => candidate === version);
  if (!known) return unknown(`${method} is not a method of ${version}: use ${versions.join(' or ')}`);
  if (verb !== call.verb) return refused(405, 'invalid_request', `${method} is called with ${call.verb}`);
  return { call, version: known };
}

/**
 * The byte strings a signature may be over. The bank's SDK sends and signs the body `[]` even with GET, and a
 * fetch-shaped request cannot carry a body then; what is signed when there is none is not known.
 */
function signedBodies(call: Call, bytes: Uint8Array, { settings }: DoorParts): Uint8Array[] {
  if (call.verb !== 'GET' || bytes.length > 0) return [bytes];
  const { emptyGet } = settings.personality;
  const brackets = new TextEncoder().encode('[]');
  if (emptyGet === 'nothing') return [bytes];
  return emptyGet === 'brackets' ? [brackets] : [bytes, brackets];
}

function done({ body, sessionId, lost }: CallAnswer): Outcome {
  const named = nameOf(sessionId);
  if (lost) return { httpStatus: lost, body: proxyPage(lost), outcome: 'answer_lost', ...named };
  return { httpStatus: 200, body: { status: 'ok', ...body }, outcome: 'ok', ...named };
}

/** Refusals of what was sent carry their description as the hint: it names fields, never values. */
function refused(httpStatus: number, code: string, description: string, hint?: string): Outcome {
  const body = { status: 'error', error: { code, description } };
  const said = hint ?? (code === 'invalid_request' ? description : undefined);
  return { httpStatus, body, outcome: code, ...(said !== undefined && { hint: said }) };
}

function unknown(description: string): Outcome {
  const methods = Object.entries(CALLS).map(([name, call]) => `${call.versions.join('|')}/${name}`);
  return refused(404, 'invalid_request', `${description}. It has: ${methods.join(', ')}`);
}

const NO_SUBMERCHANT =
  'The header X-PARTNER-SUBMERCHANT is missing; this bank is set to want it (submerchantRequired).';

const DUPLICATE = refused(
  400,
  'idempotency_key_already_exists',
  'already in progress or processed',
  'This X-PARTNER-IDEMPOTENCY-KEY was used before. The bank does not repeat its first answer: ask session/status what became of the first call.',
);

/** The session that a call is about, if there is one: a refusal belongs to its story. */
function namedSession(bytes: Uint8Array | null, bank: Bank): string | undefined {
  const body = bytes && bytes.length > 0 ? parseJson(bytes) : undefined;
  if (typeof body !== 'object' || body === null || !('session_id' in body)) return undefined;
  const { session_id } = body;
  return typeof session_id === 'string' && bank.knows(session_id) ? session_id : undefined;
}

// What is written down, and what is sent.

function report(incoming: Incoming, told: Outcome, answer: Exchange['answer'], parts: DoorParts): void {
  const { request, method, version, path, bytes, from } = incoming;
  const { httpStatus, outcome, sessionId, hint } = told;
  const ms = parts.clock.now() - from;
  const headers = Object.fromEntries(request.headers);
  const exchange = {
    request: { verb: request.method, url: path, headers, body: bytes ?? '' },
    ...(answer && { answer }),
    ms,
  };
  const known = callNamed(method) ? method : 'unknown';
  const reason = hint === undefined ? {} : { hint };
  parts.journal.add(
    { kind: 'request', method: known, version, httpStatus, ms, outcome, ...nameOf(sessionId), ...reason },
    exchange,
  );
}

function textOf(body: object | string): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function answerOf(httpStatus: number, body: string) {
  const type = body.startsWith('<') ? 'text/html' : 'application/json';
  return { httpStatus, headers: { 'content-type': type, 'cache-control': 'no-store' }, body };
}
