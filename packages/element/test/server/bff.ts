import type { IncomingMessage, ServerResponse } from 'node:http';
import { correctContract, framePage, sandboxContract } from '@b131/element/frame';
import { type Fault, type Route, World } from './world.ts';

const worlds = new Map<string, World>();
let count = 0;

/** The fake backend-for-frontend: `/w/<world>/…` are its routes, `/worlds…` the tests' strings to pull. */
export async function answerBff(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  if (url.pathname.startsWith('/worlds')) return control(request, response, url);
  const [, , id = '', ...path] = url.pathname.split('/');
  const world = worlds.get(id);
  const route = routeOf(request.method ?? '', path);
  if (!world || route === null) return problem(response, 404, 'not_found');
  const body = await read(request);
  const bearer = (request.headers.authorization ?? '').replace('Bearer ', '');
  const after = Number(request.headers['last-event-id'] ?? Number.NaN);
  const { origin = null, host } = request.headers;
  world.seen.push({ route, bearer, body, after: Number.isNaN(after) ? null : after, origin });
  const planned = world.faults.get(route)?.shift();
  if (planned?.kind === 'late') await new Promise<void>((resolve) => world.late.push(resolve));
  const fault = planned?.kind === 'late' ? undefined : planned;
  if (fault?.kind === 'reset') return void response.destroy();
  if (fault?.kind === 'redirect') {
    const location = String(fault.to) + url.pathname;
    return void response.writeHead(302, { ...cors, location }).end();
  }
  if (fault && fault.kind !== 'drop-after') return fail(world, response, fault);
  if (route === 'widget') return frame(world, response, `http://${host}`);
  const refusal = check(world, route, bearer);
  if (refusal !== null) return problem(response, 401, refusal);
  serve(world, route, body, fault ? null : response, Number.isNaN(after) ? 0 : after);
  if (fault) breakOff(response);
}

function routeOf(method: string, [first, second, third]: string[]): Route | null {
  if (method === 'GET' && first === 'widget') return 'widget';
  if (method === 'POST' && first === 'public-tokens') return 'public-tokens';
  if (first !== 'payouts') return null;
  if (method === 'POST' && second === undefined) return 'payouts';
  if (method === 'POST' && (third === 'confirm' || third === 'cancel')) return third;
  if (second === 'current') return 'current';
  return third === 'events' ? 'events' : 'payout';
}

function check(world: World, route: Route, bearer: string): string | null {
  if (bearer === '') return 'ticket_missing';
  if (bearer.includes('expired')) return 'ticket_expired';
  if (bearer.includes('garbled')) return 'ticket_invalid';
  const viewing = route === 'payout' || route === 'events';
  if (bearer === 'view-token' && !viewing) return 'ticket_invalid';
  return world.payout === null && viewing ? 'view_token_invalid' : null;
}

/** The page in the frame, as the real backend serves it: from the same module. */
function frame({ origins, widget, bare }: World, response: ServerResponse, origin: string): void {
  const { html, headers } = framePage({
    contract: correctContract(sandboxContract(origin), widget),
    origins,
  });
  response.writeHead(200, bare ? { 'content-type': 'text/html' } : headers).end(html);
}

/** Does a route's work; `response` is null when its answer is to be lost. */
function serve(
  world: World,
  route: Exclude<Route, 'widget'>,
  body: unknown,
  response: ServerResponse | null,
  after: number,
): void {
  const { payout } = world;
  if (route === 'public-tokens') json(response, 201, { publicToken: world.publicToken() });
  else if (route === 'payouts') start(world, tokenIn(body), attemptIn(body), response);
  else if (payout === null) problem(response, 404, 'payout_not_found');
  else if (route === 'current') json(response, 200, { payout, viewToken: 'view-token' });
  else if (route === 'payout') json(response, 200, { payout });
  else if (route === 'events') stream(world, response, after);
  else decide(world, route, response);
}

function decide(world: World, answer: 'confirm' | 'cancel', response: ServerResponse | null): void {
  world.answered = answer;
  world.move({ status: answer === 'confirm' ? 'confirming' : 'cancelling' });
  json(response, 202, { payout: world.payout });
}

function tokenIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  if ('token' in body) return String(body.token);
  return 'numberHash' in body ? String(body.numberHash) : '';
}

function attemptIn(body: unknown): number {
  return typeof body === 'object' && body !== null && 'attempt' in body ? Number(body.attempt) : Number.NaN;
}

function start(world: World, token: string, attempt: number, response: ServerResponse | null): void {
  const { payout } = world;
  const other = payout !== null && world.token !== token;
  if (other && !payout.retryable) {
    const finished = payout.status === 'succeeded' || payout.status === 'returned';
    problem(response, 409, finished ? 'payout_finished' : 'payout_in_progress', { payout });
    return;
  }
  if (other && attempt !== payout.attempt + 1) {
    problem(response, 409, 'payout_changed', { payout });
    return;
  }
  if (payout === null || other) world.begin(token);
  json(response, 202, { payout: world.payout, viewToken: 'view-token' });
}

function stream(world: World, response: ServerResponse | null, after: number): void {
  if (response === null) return;
  response.writeHead(200, { ...cors, 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
  world.streams.add(response);
  response.on('close', () => world.streams.delete(response));
  if (world.payout !== null && world.payout.version > after) world.write(response);
}

/** Breaks off in the middle of the answer: a browser repeats by itself what dies without a single byte. */
function breakOff(response: ServerResponse): void {
  response.socket?.end('HTTP/1.1 2');
}

function fail(world: World, response: ServerResponse, fault: Fault): void {
  if (fault.kind === 'drop-before') {
    breakOff(response);
  } else if (fault.kind === 'html') {
    response.writeHead(fault.status ?? 502, { ...cors, 'content-type': 'text/html' });
    response.end('<h1>Bad gateway</h1>');
  } else {
    if (fault.withPayout && world.payout === null) world.begin('from-another-tab');
    if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
    problem(response, fault.status ?? 500, fault.code ?? 'internal_error', {
      ...(fault.withPayout ? { payout: world.payout } : {}),
    });
  }
}

/** The tests' side: make a world, move its payout, plan faults, cut streams, read what it has seen. */
async function control(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const [, , id = '', deed] = url.pathname.split('/');
  const body = JSON.parse(JSON.stringify((await read(request)) ?? {}));
  if (id === '') {
    const name = `world-${++count}`;
    worlds.set(name, new World(body));
    return json(response, 201, { id: name });
  }
  const world = worlds.get(id);
  if (!world) return problem(response, 404, 'not_found');
  if (deed === 'move') world.move(body);
  if (deed === 'cut') world.cut();
  if (deed === 'release') for (const answer of world.late.splice(0)) answer();
  if (deed === 'fault') world.faults.set(body.route, body.faults);
  const { seen, payout, answered, token, preflights } = world;
  json(response, 200, { seen, payout, answered, token, preflights, streams: world.streams.size });
}

/** A browser asks beforehand whether a page may call: only pages of other origins have to. */
export function notePreflight(url: URL): void {
  const [, , id = '', ...path] = url.pathname.split('/');
  worlds.get(id)?.preflights.push(path.join('/'));
}

export const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, last-event-id, x-public-token',
  'access-control-allow-methods': 'GET, POST',
  'access-control-expose-headers': 'retry-after',
  'access-control-max-age': '600',
};

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? null : JSON.parse(text);
}

function json(response: ServerResponse | null, status: number, body: unknown): void {
  response?.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function problem(response: ServerResponse | null, status: number, code: string, extras: object = {}): void {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code, ...extras });
  response?.writeHead(status, { ...cors, 'content-type': 'application/problem+json' }).end(body);
}
