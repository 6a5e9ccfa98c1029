// Draws every face in both schemes, at 390 and 600 px, in English and Russian: `node test/screenshots.mjs [folder]`.
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@b131/browser';
import { startFakeServer } from './server/start.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'screenshots');
const fake = await startFakeServer();

const fromHere = createRequire(join(root, 'package.json'));
const litFolder = dirname(fromHere.resolve('lit'));
const fromLit = createRequire(join(litFolder, 'index.js'));
const modules = {
  '/lit/': litFolder,
  '/reactive-element/': dirname(dirname(fromLit.resolve('@lit/reactive-element'))),
  '/lit-element/': dirname(fromLit.resolve('lit-element')),
  '/lit-html/': dirname(dirname(fromLit.resolve('lit-html'))),
};
const importMap = {
  imports: {
    lit: '/lit/index.js',
    'lit/': '/lit/',
    '@lit/reactive-element': '/reactive-element/reactive-element.js',
    '@lit/reactive-element/': '/reactive-element/',
    'lit-element/': '/lit-element/',
    'lit-html': '/lit-html/lit-html.js',
    'lit-html/': '/lit-html/',
  },
};

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><script type="importmap">${JSON.stringify(importMap)}</script>
<style>
  body { margin: 0; padding: 24px; background: light-dark(#f1f3f7, #0c0f14); font-family: sans-serif }
  .sheet { display: flex; flex-wrap: wrap; gap: 24px; align-items: start }
  figure { margin: 0 } figcaption { font-size: 12px; color: gray; margin-bottom: 6px }
</style><div class="sheet"></div>`;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://x');
  if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  if (pathname === '/fake-origin') return response.end(fake.origin);
  try {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(await module(pathname));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

async function module(pathname) {
  for (const [prefix, path] of Object.entries(modules)) {
    if (pathname.startsWith(prefix)) return readFile(join(path, pathname.slice(prefix.length)), 'utf8');
  }
  const file = join(root, pathname.replace(/\.js$/, '.ts'));
  return extname(file) === '.ts' ? stripTypeScriptTypes(await readFile(file, 'utf8')) : '';
}

const sheets = {
  way: [
    'waiting',
    'finding',
    'preparing',
    'held',
    'sending',
    'tokenized',
    'created',
    'processing',
    'awaiting_confirmation',
    'review',
    'review, answered',
    'confirming',
    'cancelling',
    'succeeded',
    'to a card',
    'partly returned',
  ],
  ends: [
    'failed: account_not_found',
    'failed: confirm_timeout',
    'failed: other',
    'failed',
    'cancelled',
    'returned',
    'needs_attention',
    'in progress elsewhere',
    'finished elsewhere',
    'out of contact',
    'review, answer lost',
    'unsure',
  ],
  errors: [
    'error: busy',
    'error: inside-form',
    'error: misconfigured',
    'error: blocked',
    'error: offline',
    'error: timeout',
    'error: load-failed',
    'error: bad-script',
    'error: ticket_missing',
    'error: ticket_invalid',
    'error: ticket_expired',
    'error: ticket_mismatch',
    'error: attempts_exhausted',
    'error: limit_exceeded',
    'error: bank_unavailable',
    'error: internal_error',
  ],
};

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const [scheme, lang, width] of [
  ['light', 'en', 390],
  ['dark', 'ru', 390],
  ['light', 'ru', 600],
  ['dark', 'en', 600],
  ['light', 'ru', 320],
]) {
  const tab = await browser.newPage();
  await tab.setViewport({ width: (width + 24) * (width > 400 ? 3 : 4) + 24, height: 900 });
  for (const [name, states] of Object.entries(sheets)) {
    await tab.goto(origin);
    await tab.evaluate(
      async ({ states, lang, scheme, width }) => {
        document.documentElement.style.colorScheme = scheme;
        await import('/test/support/face-stage.ts');
        const { everyState } = await import('/test/support/states.ts');
        const sheet = document.querySelector('.sheet');
        for (const name of states) {
          const figure = document.createElement('figure');
          figure.style.width = `${width}px`;
          figure.innerHTML = `<figcaption>${name}</figcaption>`;
          const stage = document.createElement('b131-face-stage');
          stage.lang = lang;
          stage.state = everyState().get(name);
          figure.append(stage);
          sheet.append(figure);
          await stage.updateComplete;
        }
      },
      { states, lang, scheme, width },
    );
    await tab.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${lang}.png`), fullPage: true });
  }
  await tab.close();
}

// The form itself, drawn by the fake bank inside the real element.
for (const [scheme, lang, width] of [
  ['light', 'en', 390],
  ['dark', 'ru', 390],
  ['light', 'ru', 600],
]) {
  const tab = await browser.newPage();
  await tab.setViewport({ width: width + 48, height: 800 });
  await tab.goto(origin);
  await tab.evaluate(
    async ({ lang, scheme, fake }) => {
      document.documentElement.style.colorScheme = scheme;
      document.documentElement.lang = lang;
      await import('/src/define.js');
      const { createWorld, ticket } = await import('/test/support/world.ts');
      const element = document.createElement('b131-payout');
      element.endpoint = (await createWorld()).endpoint;
      element.environment = 'sandbox';
      element.widget = { script: `${fake}/widget/tokenize.js`, style: `${fake}/widget/tokenize.css` };
      element.ticket = ticket();
      const ready = new Promise((resolve) => element.addEventListener('b131-ready', resolve));
      document.querySelector('.sheet').append(element);
      element.parentElement.style.display = 'block';
      await ready;
      await element.updateComplete;
    },
    { lang, scheme, fake: fake.origin },
  );
  await tab.screenshot({ path: join(folder, `form-${width}-${scheme}-${lang}.png`), fullPage: true });
  await tab.close();
}

await browser.close();
await fake.close();
server.closeAllConnections();
server.close();
console.log(folder);
