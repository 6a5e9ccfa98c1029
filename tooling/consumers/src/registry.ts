import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import type { Packed } from './pack.ts';

export interface Registry {
  /** What makes npm take the kit's packages from here and everything else from where it does: a line of `.npmrc`. */
  line: string;
  close(): Promise<void>;
}

/** A registry of npm with nothing in it but the packed packages. */
export async function serveRegistry(packed: readonly Packed[], port = 0): Promise<Registry> {
  let url = '';
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\//, '');
    const tarball = packed.find(({ file }) => path === `tarballs/${basename(file)}`);
    if (tarball) return response.end(await readFile(tarball.file));
    const found = packed.find(({ manifest }) => manifest.name === path);
    response.setHeader('content-type', 'application/json');
    if (!found) return response.writeHead(404).end('{"error":"not found"}');
    const { manifest, file, integrity } = found;
    const dist = { tarball: `${url}/tarballs/${basename(file)}`, integrity };
    return response.end(
      JSON.stringify({
        name: manifest.name,
        'dist-tags': { latest: manifest.version },
        versions: { [manifest.version]: { ...manifest, dist } },
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The registry has no port.');
  url = `http://127.0.0.1:${address.port}`;
  return {
    line: `@b131:registry=${url}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
