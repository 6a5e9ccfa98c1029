import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { accountEndingWith, DEFAULT_BIK, type FaultOrder } from '@b131/sandbox';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';
import { z } from 'zod';
import type { Measure } from '../figures.ts';
import { type Child, startChild } from '../stand/child.ts';
import { makeKeys } from '../stand/keys.ts';
import type { SubjectConfig } from '../stand/protocol.ts';
import { createRecipients, mintOrders, type Order, type Recipients } from '../stand/recipients.ts';

interface Scenario {
  what: string;
  faults?: readonly FaultOrder[];
  /** The recipient clicks twice. */
  clicks?: 2;
  /** One side may take long to be given up: left out when time is short. */
  long?: true;
  /** The process dies while the start is under way, and is started again. */
  dies?: true;
}

/** What may happen on any day; each happens to both for real, against the sandbox. */
const scenarios: readonly Scenario[] = [
  { what: 'nothing goes wrong' },
  { what: 'the answer to the start is lost', faults: [{ kind: 'reset_after', on: 'session/start/payout' }] },
  { what: 'HTTP 500 after the confirm', faults: [{ kind: 'error_after', on: 'session/confirm' }] },
  { what: 'HTTP 500 instead of the confirm', faults: [{ kind: 'error_before', on: 'session/confirm' }] },
  { what: 'every webhook comes twice', faults: [{ kind: 'webhook_duplicate', times: null }] },
  {
    what: 'the webhook that asks for the confirm is lost',
    faults: [{ kind: 'webhook_missing', on: 'ready_to_confirm' }],
    long: true,
  },
  {
    what: 'the webhook with the result is lost',
    faults: [{ kind: 'webhook_missing', on: 'payment_finished' }],
    long: true,
  },
  { what: 'the recipient clicks twice', clicks: 2 },
  {
    what: 'the server dies in the middle of the start',
    faults: [{ kind: 'delay', on: 'session/start/payout', ms: 1500 }],
    dies: true,
    long: true,
  },
];

const sides = [
  { name: 'the kit', module: '../subjects/kit.ts', variant: 'sqlite' },
  { name: 'by hand', module: '../../hand-written/server.ts' },
] as const;

const atOnce = 5;
/** A payout that a killed process held is taken up half a minute later, when its lease is over. */
const mostPatience = 45_000;
/** No recipient is let look more than once a second for long: the kit counts them. */
const lookEvery = 1000;

/** What each survives: paid once, and the recipient is told so. */
export const faults: Measure = {
  name: 'faults',
  title: 'Beside an integration written by hand',
  async run({ quick, progress }) {
    const played = scenarios.filter(({ long }) => !(quick && long));
    const rows = await playAll(played, progress);
    const survived = (side: number) => rows.filter((row) => row[side + 1]?.startsWith(good)).length;
    const lines = await linesOf(new URL('../../hand-written/server.ts', import.meta.url));
    return {
      name: 'faults',
      grids: [{ head: ['what happens', ...sides.map(({ name }) => name)], rows }],
      figures: [
        {
          ...{ id: 'faults.kit', what: `the kit: survived, of ${played.length}`, unit: '' },
          ...{ values: [survived(0)], goal: { least: played.length } },
        },
        {
          ...{ id: 'faults.hand-written', what: `by hand: survived, of ${played.length}`, unit: '' },
          values: [survived(1)],
        },
        { id: 'faults.lines', what: 'by hand: lines of code', unit: 'lines', values: [lines] },
      ],
    };
  },
};

const good = 'paid once';

type Side = (typeof sides)[number];

/** Several at a time: what is waited for is mostly time. */
async function playAll(played: readonly Scenario[], progress: (text: string) => void): Promise<string[][]> {
  const rows: string[][] = played.map(() => []);
  const queue = [...played.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [at, scenario] = next;
      progress(`faults: ${scenario.what}`);
      rows[at] = [scenario.what, ...(await Promise.all(sides.map((side) => play(scenario, side))))];
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return rows;
}

async function play(scenario: Scenario, side: Side): Promise<string> {
  const world = await openWorld(scenario, side);
  try {
    return await world.live();
  } finally {
    await world.close();
  }
}

const place = z.object({ url: z.string() });
const tokenized = z.object({ data: z.object({ token: z.string() }) });
const shown = z.object({ payout: z.object({ id: z.string(), status: z.string() }) });

async function openWorld(scenario: Scenario, side: Side) {
  const folder = await mkdtemp(join(tmpdir(), 'b131-bench-faults-'));
  const partner = makeKeys();
  const keysDir = join(folder, 'keys');
  await mkdir(keysDir);
  await writeFile(join(keysDir, 'partner-public.pem'), partner.publicKey);
  const bank = await serveSandbox({
    ...{ port: 0, keysDir, project: 'bench', settings: { processingMs: 100 } },
    faults: scenario.faults ?? [],
  });
  const ticketKey = randomBytes(32).toString('base64');
  const config: SubjectConfig = {
    ...{ bank: bank.url, project: 'bench', ticketKey, folder: join(folder, 'data') },
    ...{ privateKey: partner.privateKey, bankPublicKey: bank.keys.bankPublicKey },
    ...('variant' in side ? { variant: side.variant } : {}),
  };
  let running = await start();

  async function start(): Promise<{ child: Child; recipients: Recipients }> {
    const child = startChild(new URL(side.module, import.meta.url), {
      env: { BENCH_SUBJECT: JSON.stringify(config) },
    });
    const { url } = await child.heard(place);
    bank.sandbox.settings.webhookUrl = `${url}/webhooks/bank131`;
    return { child, recipients: createRecipients(url) };
  }

  async function restart(): Promise<void> {
    await running.child.kill();
    running.recipients.close();
    running = await start();
  }

  async function live(): Promise<string> {
    const [order] = await mintOrders(`week-${side.name}`, 1, {
      ...{ key: ticketKey, audience: 'sandbox:bench' },
    });
    if (!order) throw new Error('no ticket was minted');
    const token = await tokenOf(order);
    const crash = scenario.dies ? crashDuringStart() : null;
    const clicks = Array.from({ length: scenario.clicks ?? 1 }, () => click(order, token));
    await Promise.all(clicks);
    await crash;
    return watch(order);
  }

  async function crashDuringStart(): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = bank.sandbox.on((event) => {
        if (event.kind !== 'state' || event.payout === null) return;
        stop();
        resolve();
      });
    });
    await restart();
  }

  async function tokenOf({ ticket }: Order): Promise<string> {
    const publicToken = await running.recipients.publicToken(ticket);
    const response = await fetch(`${bank.url}/widget/api/tokenize`, {
      method: 'POST',
      headers: { 'x-public-token': publicToken, 'content-type': 'application/json' },
      body: JSON.stringify({ bik: DEFAULT_BIK, account: accountEndingWith('00') }),
    });
    return tokenized.parse(await response.json()).data.token;
  }

  /** Whatever comes of it, the recipient looks again afterwards. */
  async function click({ ticket }: Order, token: string): Promise<void> {
    await running.recipients.start(ticket, token).catch(() => null);
  }

  /** The recipient reads what became of it, and tries again once, with a new token, when it is said to have failed. */
  async function watch(order: Order): Promise<string> {
    const from = performance.now();
    const until = from + mostPatience;
    let triedAgain = false;
    let status = 'unknown';
    while (performance.now() < until) {
      status = (await look(order)) ?? status;
      if (status === 'succeeded') break;
      if ((status === 'failed' || status === 'none') && !triedAgain) {
        triedAgain = true;
        await click(order, await tokenOf(order));
      }
      await sleep(lookEvery);
    }
    const took = ((performance.now() - from) / 1000).toFixed(0);
    // Whatever else was started has time to be paid as well.
    await sleep(2500);
    const times = paidTimes(bank);
    if (times > 1) return 'PAID TWICE';
    if (times === 0) return 'never paid';
    return status === 'succeeded' ? `${good}, in ${took} s` : `paid, told "${status}"`;
  }

  /** `none` when there is no payout; null when nobody can tell. */
  async function look({ ticket }: Order): Promise<string | null> {
    try {
      const { status, body } = await running.recipients.current(ticket);
      return status === 404 ? 'none' : shown.parse(body).payout.status;
    } catch {
      return null;
    }
  }

  return {
    live,
    async close() {
      running.recipients.close();
      await running.child.stop();
      await bank.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How many payouts left the bank; what came back is no payout. */
function paidTimes({ sandbox }: ServedSandbox): number {
  return sandbox.ledger().length;
}

/** Lines that are neither empty nor a comment. */
async function linesOf(file: URL): Promise<number> {
  const text = (await readFile(fileURLToPath(file), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
