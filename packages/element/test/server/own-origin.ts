import type { IncomingMessage } from 'node:http';

/** The part of Koa's context that is used here. */
interface Context {
  readonly path: string;
  readonly url: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly req: IncomingMessage;
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

/** The fake backend once more, on the page's own origin: some merchants have no other. */
export function sharedOrigin(fakeOrigin: string): Middleware {
  return async (context, next) => {
    if (!context.path.startsWith('/w/')) return next();
    const { method, url, headers, req } = context;
    const body = method === 'POST' ? Buffer.concat(await req.toArray()) : null;
    const { authorization = '', 'content-type': type = '' } = headers;
    const answer = await fetch(fakeOrigin + url, {
      method,
      body,
      headers: { authorization, 'content-type': type },
    });
    context.status = answer.status;
    for (const name of ['content-type', 'content-security-policy']) {
      const value = answer.headers.get(name);
      if (value) context.set(name, value);
    }
    context.body = Buffer.from(await answer.arrayBuffer());
  };
}

/** A page with the tag, under the policy that is asked for. */
export const pageUnderPolicy: Middleware = async (context, next) => {
  if (context.path !== '/page-under-policy') return next();
  const { policy = '', properties = '{}' } = context.query;
  context.set('content-security-policy', policy);
  context.set('content-type', 'text/html; charset=utf-8');
  const value = properties.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  context.body = `<!doctype html><html lang="en" data-properties="${value}"><title>A page</title>
<script type="module" src="/test/csp/page.ts" nonce="abc123"></script><body></body></html>`;
};
