import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cors } from './bff.ts';

const folder = fileURLToPath(new URL('../pages/', import.meta.url));
const bundles = new Map<string, Promise<string>>();

/**
 * Pages of their own for what a test page cannot be: `/pages/<name>?csp=…` runs `test/pages/<name>.ts`, bundled as a
 * merchant's build does it, under that Content-Security-Policy. `nonce` is on the page's own script.
 * `/bundles/<name>.js?copy=…`: the bundle alone.
 */
export async function answerPage(
  _request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const name = url.pathname.split('/')[2]?.replace(/\.js$/, '') ?? '';
  if (!/^[a-z-]+$/.test(name)) return void response.writeHead(404, cors).end();
  if (url.pathname.startsWith('/bundles/')) {
    const text = await bundle(name);
    response.writeHead(200, { ...cors, 'content-type': 'text/javascript; charset=utf-8' }).end(text);
    return;
  }
  const csp = url.searchParams.get('csp');
  const nonce = url.searchParams.get('nonce');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(csp === null ? {} : { 'content-security-policy': csp }),
  });
  response.end(page(name, nonce));
}

function page(name: string, nonce: string | null): string {
  const attribute = nonce === null ? '' : ` nonce="${nonce}"`;
  return `<!doctype html><html lang="en"><title>${name}</title><body>
<script type="module" src="/bundles/${name}.js"${attribute}></script></body></html>`;
}

function bundle(name: string): Promise<string> {
  const known = bundles.get(name);
  if (known) return known;
  const work = build({
    entryPoints: [`${folder}${name}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'warning',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  bundles.set(name, work);
  return work;
}
