import fc from 'fast-check';
import { wordsOf } from '../canaries.ts';
import { collect } from '../credentials.ts';
import { type Stand, startStand } from '../stand.ts';
import type { TargetReport } from '../target-protocol.ts';
import { brokenHttp, sendBytes } from './broken-http.ts';
import { type Answer, wrongWith } from './judge.ts';
import { type BadRequest, badRequest } from './requests.ts';
import { type FuzzedRoute, readRoutes } from './routes.ts';
import { createSender } from './send.ts';

export interface FuzzOptions {
  /** How many requests, broken HTTP included. */
  requests: number;
  seed: number;
  onProgress?: (done: number) => void;
}

/** Something the server must never do, and the request that made it. */
export interface Finding {
  what: string;
  request: string;
}

export interface FuzzReport {
  requests: number;
  /** How often each route answered with each status. */
  statuses: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Connections with broken HTTP on them. */
  broken: number;
  findings: readonly Finding[];
  before: TargetReport;
  after: TargetReport;
}

/** Of a thousand requests so many are bytes on a socket of their own. */
const brokenShare = 0.05;
const atOnce = 16;
const batch = 500;

/** Throws bad requests at every route of a real server and says what became of them. */
export async function fuzz({ requests, seed, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const stand = await startStand({ confirm: 'recipient' });
  try {
    const attack = await prepare(stand);
    // What is loaded once and kept is no leak: the server is warm before it is measured.
    await attack.run(Math.min(2000, requests), seed + 1, () => undefined);
    attack.forget();
    const before = await stand.measure();
    await attack.run(requests, seed, onProgress ?? (() => undefined));
    attack.hangUp();
    const after = await settled(stand);
    attack.lookThroughLog();
    return { ...attack.result(), before, after };
  } finally {
    await stand.stop();
  }
}

async function prepare(stand: Stand) {
  const { url, canaries } = stand;
  const [routes, given] = [await readRoutes(url), await collect(stand)];
  const hidden = [...wordsOf(canaries), ...given.words];
  const sender = createSender(url, atOnce);
  const statuses = new Map<string, Map<number, number>>();
  const findings: Finding[] = [];
  let counted = 0;
  let broken = 0;

  async function run(total: number, seed: number, onProgress: (done: number) => void): Promise<void> {
    for (let done = 0; done < total; ) {
      const size = Math.min(batch, total - done);
      const bytes = Math.round(size * brokenShare);
      await Promise.all([fire(size - bytes, seed + done), fireBytes(bytes, seed + done)]);
      done += size;
      counted += size;
      if (!stand.lives()) throw new Error(`the server died:\n${stand.printed().slice(-4000)}`);
      onProgress(done);
    }
  }

  async function fire(numRuns: number, seed: number): Promise<void> {
    const any = fc.oneof(...routes.map((route) => badRequest(route, given)));
    const queue = fc.sample(any, { numRuns, seed });
    const worker = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) judge(next, await sender.send(next));
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  function judge(request: BadRequest, answer: Answer | 'hangs'): void {
    if (answer === 'hangs') {
      find('the server hangs', describe(request));
      return;
    }
    const name = nameOf(request.route);
    const counts = statuses.get(name) ?? new Map<number, number>();
    statuses.set(name, counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1));
    const wrong = wrongWith(request, answer, hidden);
    if (wrong !== null) find(wrong, describe(request));
  }

  async function fireBytes(numRuns: number, seed: number): Promise<void> {
    for (const bytes of fc.sample(brokenHttp, { numRuns, seed })) {
      broken += 1;
      const heard = await sendBytes(url, bytes);
      const text = bytes.toString('latin1').slice(0, 400);
      if (heard === 'hangs') find('the server hangs on broken HTTP', text);
      else if (/^HTTP\/1\.1 5/m.test(heard)) find('the server fails on broken HTTP', text);
      else if (hidden.some((word) => heard.includes(word)))
        find('the answer to broken HTTP holds a secret', text);
    }
  }

  function find(what: string, request: string): void {
    findings.push({ what, request });
  }

  return {
    run,
    hangUp: sender.close,
    forget() {
      statuses.clear();
      counted = 0;
      broken = 0;
    },
    lookThroughLog() {
      const printed = stand.printed();
      for (const word of hidden)
        if (printed.includes(word)) find('the log holds a secret', word.slice(0, 12));
      if (/\bat .*\.(js|ts):\d+/.test(printed))
        find('the log holds a failure nobody foresaw', printed.slice(-2000));
    },
    result: () => ({ requests: counted, broken, statuses, findings }),
  };
}

/** Once every connection is gone. */
async function settled(stand: Stand): Promise<TargetReport> {
  for (let tries = 0; ; tries += 1) {
    const report = await stand.measure();
    const isQuiet = report.load.streams === 0 && report.sockets === 0;
    if (isQuiet || tries === 100) return report;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function nameOf({ method, path }: FuzzedRoute): string {
  return `${method} ${path}`;
}

function describe({ method, path, headers, body }: BadRequest): string {
  const text = typeof body === 'string' ? body : body === null ? '' : Buffer.from(body).toString('latin1');
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 600)} ${text.slice(0, 400)}`;
}
