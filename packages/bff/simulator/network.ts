import type { Sandbox } from '@b131/sandbox';
import type { Book } from './book.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import { type Stage, strikes } from './stage.ts';
import type { Witness } from './witness.ts';

/** The way from the BFF's processes to the bank and back. */
export interface Network {
  /** The `fetch` that a process's bank client is given. */
  from(process: Process): typeof fetch;
}

/** As long as the client waits unless it is told otherwise. */
const clientPatience = 20_000;
const html = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly sessionId: string;
}

/** What the weather does to one call. */
interface Fate {
  readonly wayThere: number;
  readonly wayBack: number;
  readonly before: 'arrives' | 'lost' | 'html' | 'refused-by-code';
  readonly after: 'arrives' | 'lost' | 'html' | 'truncated' | 'refused-by-code';
  /** When a copy of the request arrives as well. */
  readonly copyAfter: number | null;
}

export interface NetworkOptions {
  stage: Stage;
  sandbox: Sandbox;
  witness: Witness;
  book: Book;
}

export function createNetwork({ stage, sandbox, witness, book }: NetworkOptions): Network {
  const { scheduler, trace, plan } = stage;
  const { network } = plan.faults;
  const random = stage.random.fork('network');

  return {
    from: (process) => async (input, init) => {
      const call = read(String(input), init);
      return process.across(call.method, () => exchange(call, process));
    },
  };

  async function exchange(call: Call, process: Process): Promise<Response> {
    const { method, sessionId } = call;
    const heard = method === 'session/status' ? witness.asks(sessionId) : () => {};
    if (strikes(stage, 'bank refuses connections', network.refused, random))
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const key = call.headers.get('x-partner-idempotency-key');
    trace.say(process.name, `→ ${method} ${sessionId} ${key ?? ''}`);
    witness.departs({ method, sessionId, key }, process.name);
    const response = await travel(misrecorded(call), drawFate(call));
    if (method !== 'session/status') return told(response, call, process);
    const text = await response.text();
    heard(text);
    return told(new Response(text, response), call, process);
  }

  function told(response: Response, { method, sessionId }: Call, process: Process): Response {
    trace.say(process.name, `← ${method} ${sessionId} ${response.status}`);
    return response;
  }

  /** Rejects when the client's patience is over, whatever still is on its way. */
  function travel(call: Call, fate: Fate): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const patience = scheduler.setTimeout(() => reject(new Error('timeout')), clientPatience);
    const answer = (response: Response) => {
      scheduler.clearTimeout(patience);
      resolve(response);
    };
    scheduler.setTimeout(() => arrive(call, fate, answer), fate.wayThere);
    const { copyAfter } = fate;
    if (copyAfter !== null) scheduler.setTimeout(() => atBank(call, 'a copy of'), fate.wayThere + copyAfter);
    return promise;
  }

  async function arrive(call: Call, fate: Fate, answer: (response: Response) => void): Promise<void> {
    if (fate.before === 'lost') return;
    if (fate.before === 'html') return later(answer, new Response(html, page(503)), fate);
    if (fate.before === 'refused-by-code') {
      later(answer, errorCode(), fate);
      // The bank says no, and does it all the same a moment later.
      scheduler.setTimeout(() => atBank(call, 'in spite of its error,'), random.between(500, 40_000));
      return;
    }
    const response = await atBank(call, '');
    if (fate.after === 'arrives') return later(answer, response, fate);
    if (fate.after === 'html') return later(answer, new Response(html, page(502)), fate);
    if (fate.after === 'refused-by-code') return later(answer, errorCode(), fate);
    if (fate.after === 'truncated')
      later(answer, new Response((await response.text()).slice(0, 40), page(200)), fate);
  }

  function later(answer: (response: Response) => void, response: Response, { wayBack }: Fate): void {
    scheduler.setTimeout(() => answer(response), wayBack);
  }

  function atBank(call: Call, how: string): Promise<Response> {
    trace.say('bank', `gets ${how} ${call.method} ${call.sessionId}`);
    const { url, headers, body } = call;
    if (plan.bank.ignoresKeys) headers.delete('x-partner-idempotency-key');
    return sandbox.fetch(new Request(url, { method: 'POST', headers, body }));
  }

  /** An error object of the bank: of the documented codes, those that say nothing about what happened. */
  function errorCode(): Response {
    const code = random.pick([
      'internal_error',
      'operation_rejected',
      'provider_timeout',
      'routing_internal_error',
      'idempotency_key_already_exists',
    ]);
    const body = JSON.stringify({ status: 'error', error: { code, description: 'simulated' } });
    return new Response(body, { status: random.pick([200, 200, 400, 500]), headers: json });
  }

  function drawFate({ method }: Call): Fate {
    const strike = (kind: string, share: number) => strikes(stage, kind, share, random);
    const money = method !== 'session/status' && method !== 'token/info';
    const codes = money ? (plan.bank.errorCodes ?? 0) : 0;
    return {
      wayThere: isHeld(method) ? random.between(61_000, 200_000) : delay(),
      wayBack: delay(),
      before: strike('request lost', network.lostBefore)
        ? 'lost'
        : strike('HTML instead of the bank', network.htmlBefore)
          ? 'html'
          : strike('error code, done later', codes / 2)
            ? 'refused-by-code'
            : 'arrives',
      after: strike('answer lost', network.lostAfter)
        ? 'lost'
        : strike('HTML instead of the answer', network.htmlAfter)
          ? 'html'
          : strike('answer truncated', network.truncated)
            ? 'truncated'
            : strike('error code, but done', codes)
              ? 'refused-by-code'
              : 'arrives',
      copyAfter: strike('request doubled', network.duplicate) ? random.between(0, 30_000) : null,
    };
  }

  function isHeld(method: string): boolean {
    const share = method === 'session/start/payout' ? (plan.bank.holdsStarts ?? 0) : 0;
    return strikes(stage, 'start held up', share, random);
  }

  function delay(): number {
    if (strikes(stage, 'bank slow', network.slow, random)) return random.between(1000, network.slowest);
    return random.between(5, 250);
  }

  /** The bank writes down something else than we asked for. */
  function misrecorded(call: Call): Call {
    const share = plan.bank.misrecords ?? 0;
    if (call.method !== 'session/start/payout' || !strikes(stage, 'start misrecorded', share, random))
      return call;
    const body = misrecord(call.body, random, book);
    return body === call.body ? call : { ...call, body, headers: resigned(call.headers) };
  }
}

const json = { 'content-type': 'application/json' };
const page = (status: number) => ({ status, headers: { 'content-type': 'text/html' } });

function read(url: string, init: RequestInit | undefined): Call {
  const body = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : '';
  const method = url.split('/').slice(5).join('/');
  const sessionId = /"session_id":"([^"]+)"/.exec(body)?.[1] ?? '';
  return { method, url, headers: new Headers(init?.headers), body, sessionId };
}

function misrecord(body: string, random: Random, book: Book): string {
  switch (random.pick(['amount', 'account', 'metadata'])) {
    case 'amount':
      return body.replace(/"amount":\d+/, `"amount":${random.between(1, 999_999)}`);
    case 'account':
      return body.includes('"number_hash"')
        ? body.replace(/"number_hash":"[^"]*"/, `"number_hash":"${random.pick(book.tokens('card'))}"`)
        : body.replace(/"token":"[^"]*"/, `"token":"${random.pick(book.tokens('bank_account'))}"`);
    default:
      return body.replace(/"attempt":\d+/, '"attempt":77');
  }
}

/** The bank itself got it wrong, so its door has nothing to object to. */
function resigned(headers: Headers): Headers {
  const changed = new Headers(headers);
  changed.set('x-partner-sign', misrecordedSignature);
  return changed;
}

/** Stands for the signature of a request that the bank itself has changed after it was let in. */
export const misrecordedSignature = btoa('changed inside of the bank');
