import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createBank131 } from '@b131/api';
import { createBff, memoryStore } from '@b131/bff';
import { serve } from '@b131/bff/node';
import { launchBrowser } from '@b131/browser';
import { createSandbox } from '@b131/sandbox';
import { build } from 'esbuild';
import { type Figure, type Measure, ratios } from '../../figures.ts';
import { interleave } from '../../rounds.ts';
import { makeKeys } from '../../stand/keys.ts';
import { mintOrders } from '../../stand/recipients.ts';
import { handWrittenPage, type PageFacts, tagPage, watching } from './pages.ts';
import { distant, passOn } from './slow.ts';

const sides = ['by hand', 'direct', 'framed'] as const;
type Side = (typeof sides)[number];

interface Seen {
  /** Milliseconds from the beginning until the form can be typed into. */
  usable: number;
  /** The same from the moment the browser asks for the page. */
  whole: number;
  shift: number;
  /** Milliseconds of the main thread. */
  busy: number;
}

/** How soon a recipient can type, beside the best page written by hand. */
export const browser: Measure = {
  name: 'browser',
  title: 'In the browser',
  async run({ quick, progress }) {
    const stand = await openStand();
    try {
      const figures: Figure[] = [];
      for (const roundTrip of quick ? [50] : [0, 50, 150]) {
        stand.setRoundTrip(roundTrip);
        for (const side of sides) await stand.visit(side);
        const seen = await interleave(sides, quick ? 5 : 11, (side, round) => {
          progress(`browser: ${roundTrip} ms, round ${round + 1}, ${side}`);
          return stand.visit(side);
        });
        figures.push(...figuresOf(seen, roundTrip));
      }
      return { name: 'browser', figures: [...figures, ...(await sizes())] };
    } finally {
      await stand.close();
    }
  },
};

function figuresOf(seen: Map<Side, Seen[]>, roundTrip: number): Figure[] {
  const of = (side: Side, pick: (one: Seen) => number) => (seen.get(side) ?? []).map(pick);
  const figures = (['direct', 'framed'] as const).flatMap((side): Figure[] => {
    const over = (pick: (one: Seen) => number) => ratios(of(side, pick), of('by hand', pick));
    const at = `${side}, ${roundTrip} ms round trips`;
    return [
      {
        ...{ id: `browser.${side}.${roundTrip}`, what: `${at}: from the tag to a usable form`, unit: '×' },
        values: over(({ usable }) => usable),
        goal: { most: side === 'direct' ? 1.0 : 1.2 },
      },
      {
        ...{ id: `browser.${side}.${roundTrip}.whole`, what: `${at}: from the page's request`, unit: '×' },
        values: over(({ whole }) => whole),
      },
      {
        ...{ id: `browser.${side}.${roundTrip}.shift`, what: `${at}: layout shift`, unit: '' },
        ...{ values: of(side, ({ shift }) => shift), goal: { most: 0 } },
      },
      {
        ...{ id: `browser.${side}.${roundTrip}.busy`, what: `${at}: main thread`, unit: 'ms' },
        values: of(side, ({ busy }) => busy),
      },
    ];
  });
  const byHand = of('by hand', ({ usable }) => usable);
  return [
    ...figures,
    {
      ...{ id: `browser.by-hand.${roundTrip}`, what: `by hand, ${roundTrip} ms round trips`, unit: 'ms' },
      values: byHand,
    },
    {
      ...{ id: `browser.by-hand.${roundTrip}.busy`, unit: 'ms' },
      what: `by hand, ${roundTrip} ms round trips: main thread`,
      values: of('by hand', ({ busy }) => busy),
    },
  ];
}

const cdn = dirname(createRequire(import.meta.url).resolve('@b131/element/cdn/b131-payout.js'));

async function openStand() {
  const partner = makeKeys();
  const bankKeys = makeKeys();
  const ticketKey = randomBytes(32).toString('base64');
  const sandbox = createSandbox({
    ...{ project: 'bench', partnerPublicKey: partner.publicKey, bankPrivateKey: bankKeys.privateKey },
  });
  let html: Record<Side, string> = { 'by hand': '', direct: '', framed: '' };
  const shop = await distant((incoming, response) => void answerPage(incoming, response, html));
  // What the bank's server keeps, and what it answers the BFF, is no matter of distance here.
  const bank = await distant((incoming, response) => void answerBy(sandbox.fetch, incoming, response));
  const widget = await distant(passOn(() => bank.url));
  const bff = createBff({
    bank: createBank131({
      ...{ environment: { api: bank.url }, project: 'bench', privateKey: partner.privateKey },
      bankPublicKeys: [bankKeys.publicKey],
    }),
    ...{ store: memoryStore(), origins: [shop.url], secret: 'a secret of the bench, as long as it must be' },
    tickets: { keys: [{ algorithm: 'HS256', key: ticketKey }] },
    widget: {
      ...{ script: `${widget.url}/widget/tokenize.js`, style: `${widget.url}/widget/tokenize.css` },
      hosts: [widget.url],
    },
  });
  const server = await serve(bff, { port: 0 });
  const near = await distant(passOn(() => server.url));
  const chrome = await launchBrowser();
  let visits = 0;

  async function visit(side: Side): Promise<Seen> {
    visits += 1;
    const key = { key: ticketKey, audience: 'sandbox:bench' };
    const [order] = await mintOrders(`visit-${visits}`, 1, key);
    const facts: PageFacts = { bff: near.url, widget: widget.url, ticket: order?.ticket ?? '' };
    html = {
      'by hand': handWrittenPage(facts),
      direct: tagPage(facts, true),
      framed: tagPage(facts, false),
    };
    // A context of its own: no cache, no connections, nothing warm.
    for (const place of [shop, widget, near]) place.forget();
    const context = await chrome.createBrowserContext();
    const page = await context.newPage();
    const moments = new Map<string, number>();
    const lines: string[] = [];
    const done = Promise.withResolvers<void>();
    page.on('console', (message) => {
      const [, what = '', at = ''] = /^b131-bench (\S+) (\S+)$/.exec(message.text()) ?? [];
      if (what === '') lines.push(message.text());
      // The host shows a form when it says that it is ready, and a recipient sees it when it can be typed into.
      else moments.set(what, what === 'begun' ? (moments.get(what) ?? Number(at)) : Number(at));
      if (['begun', 'usable', 'ready'].every((one) => moments.has(one))) done.resolve();
    });
    try {
      await page.evaluateOnNewDocument(watching);
      const gone = page.goto(`${shop.url}/${side}`);
      const late = setTimeout(
        () =>
          done.reject(new Error(`${side}: no usable form, only ${[...moments.keys()]}\n${lines.join('\n')}`)),
        30_000,
      );
      await Promise.all([gone, done.promise]).finally(() => clearTimeout(late));
      const usableAt = Math.max(moments.get('usable') ?? 0, moments.get('ready') ?? 0);
      const [shift, origin] = await page.evaluate(() => [
        Number(Reflect.get(window, 'b131Shift')),
        performance.timeOrigin,
      ]);
      const { TaskDuration = 0 } = await page.metrics();
      return {
        usable: usableAt - (moments.get('begun') ?? 0),
        whole: usableAt - (origin ?? 0),
        ...{ shift: shift ?? Number.NaN, busy: TaskDuration * 1000 },
      };
    } finally {
      await context.close();
    }
  }

  return {
    visit,
    setRoundTrip(ms: number) {
      for (const place of [shop, widget, near]) place.roundTrip = ms;
    },
    async close() {
      await chrome.close();
      await server.close();
      sandbox.close();
      for (const place of [shop, widget, near, bank]) await place.close();
    },
  };
}

async function answerPage(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  html: Record<Side, string>,
): Promise<void> {
  const side = sides.find((one) => decodeURIComponent(url) === `/${one}`);
  if (side) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html[side]);
    return;
  }
  const [, file] = /^\/cdn\/([\w.-]+\.js)$/.exec(url) ?? [];
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  const headers = { 'content-type': 'text/javascript', 'content-encoding': 'gzip' };
  response.writeHead(200, headers).end(gzipSync(await readFile(join(cdn, file))));
}

async function answerBy(
  fetch: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = 'GET', url = '' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === 'string') headers.set(name, value);
  const body = chunks.length > 0 ? Buffer.concat(chunks) : null;
  const answer = await fetch(new Request(`http://${incoming.headers.host}${url}`, { method, headers, body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** What a page loads, gzip. */
async function sizes(): Promise<Figure[]> {
  const { outputFiles } = await build({
    stdin: { contents: "export { LitElement, html, css } from 'lit';", resolveDir: import.meta.dirname },
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2024' },
  });
  const lit = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000;
  const sizeOf = async (name: string) =>
    gzipSync(await readFile(join(cdn, name)), { level: 9 }).length / 1000;
  return [
    {
      id: 'browser.size',
      what: 'b131-payout.js with Lit, gzip',
      unit: 'kB',
      values: [await sizeOf('b131-payout.js')],
    },
    {
      id: 'browser.parts',
      what: 'b131-payout.parts.js beside it, gzip',
      unit: 'kB',
      values: [await sizeOf('b131-payout.parts.js')],
    },
    { id: 'browser.lit', what: 'lit alone, gzip', unit: 'kB', values: [lit] },
  ];
}
