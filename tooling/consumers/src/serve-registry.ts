import { discard, packAll } from './pack.ts';
import { serveRegistry } from './registry.ts';

/** `pnpm registry`: the packages of this repository, as `npm install` would find them once they are published. */
const packed = await packAll();
const registry = await serveRegistry(packed, Number(process.env.PORT ?? 4873));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await registry.close();
    await discard(packed);
  });

console.log(`${packed.map(({ manifest }) => `${manifest.name} ${manifest.version}`).join(', ')}

In the folder where you install them:

  echo "${registry.line}" >> .npmrc

Ctrl-C ends it.`);
