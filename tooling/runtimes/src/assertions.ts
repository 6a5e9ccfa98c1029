import { equal, match, ok } from 'node:assert/strict';
import { sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DrainReport } from '@b131/bff';
import { storeChecks } from '@b131/bff/testing';
import { mountPath } from './host-config.ts';
import { createRecipient, payoutsOf, type Shown } from './recipient.ts';
import type { Stand } from './stand.ts';

/** One row of the table: the same for every runtime. */
export interface Assertion {
  name: string;
  /** Rejects with what is wrong. */
  run(stand: Stand): Promise<void>;
}

/** What is asked of every runtime, each over HTTP and against the sandbox. */
export const assertions: readonly Assertion[] = [
  { name: "the bank's own signature vector", run: inside('golden-signature') },
  { name: 'PKCS#8 key signs as OpenSSL does', run: inside('pkcs8') },
  { name: 'PKCS#1 key signs as OpenSSL does', run: inside('pkcs1') },
  { name: 'tickets of every algorithm, as PEM, JWK and CryptoKey', run: inside('ticket-keys') },
  { name: `the store's suite (${storeChecks.length} checks)`, run: storeSuite },
  { name: '/ready: store, keys and tickets', run: isReady },
  { name: 'a whole payout, mounted at the root', run: (stand) => wholePayout(stand, '') },
  { name: `a whole payout, under ${mountPath}`, run: (stand) => wholePayout(stand, mountPath) },
  { name: 'the page in the frame', run: framePage },
  { name: 'the event stream, broken off and resumed', run: resumedStream },
  { name: 'readers who leave are not waited for', run: leavingReaders },
  { name: 'forged webhooks', run: forgedWebhooks },
  { name: 'a page of another origin', run: foreignOrigin },
  { name: 'cron: drain({ limit, deadline })', run: cronDrains },
];

/** A check that the runtime does within itself. */
function inside(check: string): Assertion['run'] {
  return async ({ host }) => {
    const response = await fetch(`${host.url}/host/checks/${encodeURIComponent(check)}`, { method: 'POST' });
    const text = await response.text();
    if (!response.ok) throw new Error(`${check}: ${text}`);
  };
}

async function storeSuite(stand: Stand): Promise<void> {
  for (const { name } of storeChecks) await inside(`store: ${name}`)(stand);
}

async function isReady({ host }: Stand): Promise<void> {
  const response = await fetch(`${host.url}/ready`);
  const text = await response.text();
  equal(response.status, 200, text);
  const { status, checks }: { status: string; checks: Record<string, string> } = JSON.parse(text);
  equal(status, 'ready');
  equal([checks.store, checks.keys, checks.tickets].join(), 'ok,ok,ok');
}

/** From the token to the money, with webhooks and the cron as its only movers. */
async function wholePayout(stand: Stand, mount: string): Promise<void> {
  const { host, bank } = stand;
  bank.sandbox.settings.webhookUrl = `${host.url}${mount}/webhooks/bank131`;
  bank.sandbox.settings.webhooks = true;
  equal(await (await fetch(`${host.url}/shop`)).text(), 'the shop', "the shop's own page");
  const recipient = createRecipient(stand, mount);
  equal((await recipient.ask('GET', '/payouts/current')).body.code, 'payout_not_found');
  const { payout, viewToken } = await recipient.pay('00');
  const last = await lastOf(await recipient.events(payout, viewToken));
  equal(last?.status, 'succeeded');
  equal(timesPaid(stand, payout), 1, 'how often it was paid');
  equal((await recipient.current()).status, 'succeeded');
}

async function framePage({ host, bank, config }: Stand): Promise<void> {
  const nonces = new Set<string>();
  for (const mount of ['', mountPath]) {
    const response = await fetch(`${host.url}${mount}/widget`);
    const html = await response.text();
    equal(response.status, 200, html);
    const policy = response.headers.get('content-security-policy') ?? '';
    match(policy, new RegExp(`frame-ancestors ${config.origin}$`));
    const [, nonce = ''] = /script-src 'nonce-([^']{24})'/.exec(policy) ?? [];
    ok(html.includes(`"script":"${bank.url}/widget/tokenize.js"`), html);
    ok(html.includes(`<script nonce="${nonce}">`), html);
    ok(html.length > 5000, "the frame's own script is in it");
    nonces.add(nonce);
  }
  equal(nonces.size, 2, 'nonces');
}

async function lastOf(stream: Response): Promise<Shown | null> {
  let last: Shown | null = null;
  for await (const shown of payoutsOf(stream)) last = shown;
  return last;
}

async function resumedStream(stand: Stand): Promise<void> {
  hearFromBank(stand);
  const recipient = createRecipient(stand, '');
  const { payout, viewToken } = await recipient.pay('00');
  const seen: number[] = [];
  let last = payout;
  for (let streams = 0; last.status !== 'succeeded'; streams += 1) {
    ok(streams < 30, `the stream ends again and again, at ${last.status}`);
    const after = seen.at(-1);
    // Each reader leaves after the first news.
    for await (const shown of payoutsOf(await recipient.events(payout, viewToken, after))) {
      last = shown;
      seen.push(shown.version);
      break;
    }
  }
  ok(seen.length > 1, 'there was nothing to resume');
  equal(seen.join(), [...new Set(seen)].sort((a, b) => a - b).join(), 'every version once, in order');
}

async function leavingReaders(stand: Stand): Promise<void> {
  const recipient = createRecipient(stand, '');
  // It hangs at the bank, so that no stream ends by itself.
  const { payout, viewToken } = await recipient.pay('94');
  const readers = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const leave = new AbortController();
      const stream = await recipient.events(payout, viewToken, undefined, leave.signal);
      const news = payoutsOf(stream);
      equal((await news.next()).value?.id, payout.id);
      // Whoever asks for more waits, and is found waiting.
      news.next().catch(() => undefined);
      return leave;
    }),
  );
  const reads = async () => Number(await (await fetch(`${stand.host.url}/host/reads`)).text());
  const before = await reads();
  await until('the store is asked for their sake', async () => (await reads()) > before);
  for (const reader of readers) reader.abort();
  await until('it is asked no more', async () => {
    const left = await reads();
    // Longer than the pause between two looks at the store.
    await sleep(1500);
    return (await reads()) === left;
  });
}

async function forgedWebhooks(stand: Stand): Promise<void> {
  const { host, bank } = stand;
  bank.sandbox.settings.webhooks = false;
  const { payout } = await createRecipient(stand, '').pay('00');
  const sessionOf = () => bank.sandbox.sessions().find(({ metadata }) => isAbout(metadata, payout))?.id;
  await until('the bank has its session', async () => sessionOf() !== undefined);
  const now = new Date().toISOString().replace('Z', '000Z');
  const session = { id: sessionOf(), status: 'in_progress', created_at: now, updated_at: now };
  const body = JSON.stringify({ type: 'ready_to_confirm', session });
  const bankKey = await readFile(bank.keys.paths.bankPrivate, 'utf8');
  const right = sign('sha256', Buffer.from(body), bankKey).toString('base64');

  async function deliver(text: string, signature: string | null): Promise<string> {
    const response = await fetch(`${host.url}/webhooks/bank131`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === null ? {} : { 'x-partner-sign': signature }),
      },
      body: text,
    });
    const { code, status }: { code?: string; status: unknown } = await response.json();
    return `${response.status} ${code ?? status}`;
  }

  const forged = sign('sha256', Buffer.from(body), stand.config.privateKey).toString('base64');
  equal(await deliver(body, forged), '403 signature_invalid', "signed with a key that is not the bank's");
  equal(await deliver(`${body} `, right), '403 signature_invalid', 'one byte more than was signed');
  equal(await deliver(body, null), '403 signature_invalid', 'not signed');
  equal(await deliver(body, right), '200 ok', "the bank's own");
}

async function foreignOrigin(stand: Stand): Promise<void> {
  const recipient = createRecipient(stand, '');
  const { status, body } = await recipient.ask('POST', '/public-tokens', {
    body: {},
    origin: 'https://evil.example',
  });
  equal(`${status} ${body.code}`, '403 origin_not_allowed');
}

/** Without a single webhook: payouts wait, and only the cron moves them. */
async function cronDrains(stand: Stand): Promise<void> {
  const { host, bank } = stand;
  bank.sandbox.settings.webhooks = false;
  const recipients = Array.from({ length: 5 }, () => createRecipient(stand, ''));
  const payouts = await Promise.all(recipients.map(async (recipient) => (await recipient.pay('00')).payout));
  const shown = () => Promise.all(recipients.map((recipient) => recipient.current()));
  await until('all have begun', async () => (await shown()).every(({ status }) => status !== 'created'));
  const begun = Math.max(...(await shown()).map(({ updatedAt }) => Date.parse(updatedAt)));
  // The engine's own schedule: two seconds after a change it asks the bank.
  await sleep(Math.max(0, begun + 2100 - Date.now()));

  // On a slow machine they may still be worked on, and are not due for anybody else: they will be, sooner or later.
  await until('a drain after its deadline leaves what is due', async () => {
    const late: DrainReport = await (await fetch(`${host.url}/host/late-drain`, { method: 'POST' })).json();
    equal(late.worked, 0, 'worked after the deadline');
    return late.more;
  });
  const report = async (): Promise<DrainReport> => {
    await host.cron();
    return (await fetch(`${host.url}/host/cron`)).json();
  };
  await until('a cron of limit 2 works on two and leaves more', async () => {
    const { worked, more } = await report();
    ok(worked <= 2, `a cron of limit 2 worked on ${worked}`);
    return worked === 2 && more;
  });
  await until('all are paid', async () => {
    const { worked } = await report();
    ok(worked <= 2, `a cron of limit 2 worked on ${worked}`);
    return payouts.every((payout) => timesPaid(stand, payout) === 1);
  });
  await until('all are told so', async () => {
    await report();
    return (await shown()).every(({ status }) => status === 'succeeded');
  });
  for (const payout of payouts) equal(timesPaid(stand, payout), 1, 'how often it was paid');
}

function hearFromBank({ host, bank }: Stand): void {
  bank.sandbox.settings.webhookUrl = `${host.url}/webhooks/bank131`;
  bank.sandbox.settings.webhooks = true;
}

function timesPaid({ bank }: Stand, payout: Shown): number {
  return bank.sandbox.ledger().filter(({ kind, metadata }) => kind === 'paid' && isAbout(metadata, payout))
    .length;
}

function isAbout(metadata: unknown, { id }: Shown): boolean {
  return JSON.stringify(metadata)?.includes(id) ?? false;
}

const patience = 45_000;

/** Waits until the condition holds. */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`it did not come to this: ${what}`);
    await sleep(50);
  }
}
