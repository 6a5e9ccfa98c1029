import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createProject, type Project } from '../src/project.ts';
import { openAt } from '../src/recipient.ts';

/** The page has no bundler: either the one file for script tags, or a map of what the package and Lit consist of. */
const pages = {
  '/script-tag.html': '<script type="module" src="/node_modules/@b131/element/cdn/b131-payout.js"></script>',
  '/import-map.html': `<script type="importmap">${JSON.stringify({
    imports: {
      '@b131/element/define': '/node_modules/@b131/element/dist/define.js',
      lit: '/node_modules/lit/index.js',
      'lit/': '/node_modules/lit/',
      'lit-html': '/node_modules/lit-html/lit-html.js',
      'lit-html/': '/node_modules/lit-html/',
      'lit-element/': '/node_modules/lit-element/',
      '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
      '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
    },
  })}</script><script type="module">import '@b131/element/define';</script>`,
};

let project: Project;
let server: Server;
let url = '';

beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  await project.run('npm init -y && npm install @b131/element');
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page.test').pathname;
    const page = Object.entries(pages).find(([name]) => name === path)?.[1];
    if (page !== undefined) {
      response.setHeader('content-type', 'text/html');
      // A token mode without a backend: the form asks this page for its public token.
      return response.end(
        `<!doctype html><title>Page</title><b131-payout mode="token"></b131-payout>${page}`,
      );
    }
    try {
      const file = await readFile(join(project.folder, path));
      response.setHeader(
        'content-type',
        extname(path) === '.js' ? 'text/javascript' : 'application/octet-stream',
      );
      return response.end(file);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address && typeof address === 'object') url = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await project?.remove();
});

test.each(Object.keys(pages))('a page without a bundler defines the tag: %s', async (path) => {
  const recipient = await openAt(`${url}${path}`, {});
  try {
    await recipient.page.waitForFunction(() => customElements.get('b131-payout') !== undefined);
    // Without an endpoint or `getPublicToken` the element says what is missing: it is alive.
    await recipient.page.waitForFunction(
      () => (document.querySelector('b131-payout')?.shadowRoot?.textContent ?? '').trim() !== '',
    );
    expect(
      recipient.errors.filter((error) => /module|import|404/i.test(error) && !error.includes('favicon')),
    ).toEqual([]);
  } finally {
    await recipient.leave();
  }
});
