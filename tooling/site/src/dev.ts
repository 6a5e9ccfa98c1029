import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vitepress';
import { stage } from './pages/stage.ts';
import { repository, site } from './places.ts';
import { prepare } from './prepare.ts';

/** `pnpm docs:dev`: the site while it is written. A change of a page shows at once, one of the code with the next start. */
const sections = await prepare();
const server = await createServer(site, { host: '127.0.0.1' });
await server.listen();

const watched = ['docs', 'packages', '.'].map((folder) =>
  watch(join(repository, folder), { recursive: folder === 'docs' }, (_, file) => {
    if (file?.match(/\.(md|svg)$/)) stage(sections).catch(console.error);
  }),
);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    for (const one of watched) one.close();
    await server.close();
  });
server.printUrls();
