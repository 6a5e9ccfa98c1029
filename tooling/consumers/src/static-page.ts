import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

export interface StaticPage {
  /** Without `pages`, the files of a folder; `/api` is the shop's. */
  folder: string;
  pages: Readonly<Record<string, string>>;
  shop: string;
  port: number;
}

/** A site without a bundler: pages, and files as they lie in a folder. */
export async function serveStaticPage({
  folder,
  pages,
  shop,
  port,
}: StaticPage): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page.test').pathname;
    const page = pages[path];
    if (page !== undefined) return response.setHeader('content-type', 'text/html').end(page);
    try {
      if (path.startsWith('/api/'))
        return response.end(await (await fetch(shop, { method: request.method ?? 'GET' })).text());
      const file = await readFile(join(folder, path));
      const type = extname(path) === '.js' ? 'text/javascript' : 'application/octet-stream';
      return response.setHeader('content-type', type).end(file);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
