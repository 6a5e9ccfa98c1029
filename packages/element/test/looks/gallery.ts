import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeServer, startFakeServer } from '../server/start.ts';

/** A page on which faces can be hung, with the element's own source and a font that is the same everywhere. */
export interface Gallery {
  readonly origin: string;
  readonly fake: FakeServer;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const fromHere = createRequire(join(root, 'package.json'));
const lit = dirname(fromHere.resolve('lit'));
const fromLit = createRequire(join(lit, 'index.js'));
const folders: Readonly<Record<string, string>> = {
  '/lit/': lit,
  '/reactive-element/': dirname(dirname(fromLit.resolve('@lit/reactive-element'))),
  '/lit-element/': dirname(fromLit.resolve('lit-element')),
  '/lit-html/': dirname(dirname(fromLit.resolve('lit-html'))),
  '/inter/': dirname(fromHere.resolve('@fontsource-variable/inter/package.json')),
};
const imports = {
  lit: '/lit/index.js',
  'lit/': '/lit/',
  '@lit/reactive-element': '/reactive-element/reactive-element.js',
  '@lit/reactive-element/': '/reactive-element/',
  'lit-element/': '/lit-element/',
  'lit-html': '/lit-html/lit-html.js',
  'lit-html/': '/lit-html/',
};

const page = `<!doctype html><html lang="en"><meta charset="utf-8">
<script type="importmap">${JSON.stringify({ imports })}</script>
<link rel="stylesheet" href="/inter/index.css">
<style>
  body { margin: 0; padding: 24px; background: light-dark(#f1f3f7, #0c0f14); font: 12px 'Inter Variable' }
  .sheet { display: flex; flex-wrap: wrap; gap: 24px; align-items: start; --b131-font: 'Inter Variable' }
  figure { margin: 0 }
  figcaption { color: light-dark(#5a6475, #a2adbf); margin-block-end: 6px }
</style><div class="sheet"></div>`;

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  js: 'text/javascript',
  ts: 'text/javascript',
  woff2: 'font/woff2',
};

/** Opens the gallery on a free port. */
export async function openGallery(): Promise<Gallery> {
  const fake = await startFakeServer();
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://gallery');
    try {
      const body = pathname === '/fake-origin' ? fake.origin : await file(pathname);
      const type = types[pathname.slice(pathname.lastIndexOf('.') + 1)] ?? 'text/html';
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: originOf(server), fake, close: () => close(server, fake) };
}

async function file(pathname: string): Promise<string | Buffer> {
  if (pathname === '/') return page;
  for (const [prefix, folder] of Object.entries(folders)) {
    if (pathname.startsWith(prefix)) return readFile(join(folder, pathname.slice(prefix.length)));
  }
  const source = await readFile(join(root, pathname.replace(/\.js$/, '.ts')), 'utf8');
  return stripTypeScriptTypes(source);
}

function originOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The gallery has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server, fake: FakeServer): Promise<void> {
  await fake.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
