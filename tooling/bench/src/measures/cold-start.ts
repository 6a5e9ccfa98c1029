import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { z } from 'zod';
import { type Measure, ratios } from '../figures.ts';
import { interleave } from '../rounds.ts';

const worker = fileURLToPath(new URL('../../../../examples/worker/src/worker.ts', import.meta.url));
const run = promisify(execFile);
const took = z.object({ ms: z.number(), cpu: z.number() });

/** What a Worker of the kit weighs and how long it takes to be there, beside its two libraries alone. */
export const coldStart: Measure = {
  name: 'cold-start',
  title: 'Cold start',
  async run({ quick, progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'b131-bench-cold-'));
    try {
      progress('cold start: bundling');
      const kit = await bundle(folder, 'kit', theWorker);
      const bare = await bundle(folder, 'bare', librariesAlone);
      const imports = await interleave([kit, bare], quick ? 5 : 21, (one, round) => {
        progress(`cold start: import ${round + 1}`);
        return importOnce(one.file);
      });
      const of = (one: Bundle) => imports.get(one) ?? [];
      const ms = (one: Bundle) => of(one).map((each) => each.ms);
      const cpu = (one: Bundle) => of(one).map((each) => each.cpu);
      return {
        name: 'cold-start',
        figures: [
          {
            ...{ id: 'cold.gzip', what: 'the whole Worker, gzip', unit: 'kB', values: [kit.gzip / 1000] },
            goal: { most: 60 },
          },
          {
            ...{ id: 'cold.gzip-over', what: 'of it, over hono and zod alone, gzip', unit: 'kB' },
            ...{ values: [(kit.gzip - bare.gzip) / 1000], goal: { most: 60 } },
          },
          { id: 'cold.gzip-bare', what: 'hono and zod alone, gzip', unit: 'kB', values: [bare.gzip / 1000] },
          {
            id: 'cold.cpu',
            what: 'CPU of the import, over hono and zod alone',
            unit: '×',
            values: ratios(cpu(kit), cpu(bare)),
          },
          { id: 'cold.import', what: 'import of the Worker', unit: 'ms', values: ms(kit) },
          { id: 'cold.import-bare', what: 'import of hono and zod alone', unit: 'ms', values: ms(bare) },
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const theWorker = `export { default } from ${JSON.stringify(worker)};`;

/** An app of one route that checks what it is sent: what anybody's first Worker has. */
const librariesAlone = `
  import { Hono } from 'hono';
  import * as z from 'zod';
  const order = z.object({ ref: z.string(), amount: z.int().positive() });
  const app = new Hono();
  app.post('/', async (c) => c.json(order.parse(await c.req.json())));
  export default app;`;

interface Bundle {
  file: string;
  gzip: number;
}

async function bundle(folder: string, name: string, entry: string): Promise<Bundle> {
  const file = join(folder, `${name}.mjs`);
  const contents = await bundled(entry);
  await writeFile(file, contents);
  return { file, gzip: gzipSync(contents, { level: 9 }).length };
}

/** The example's Worker as it would be deployed. */
export async function bundledWorker(): Promise<string> {
  return new TextDecoder().decode(await bundled(theWorker));
}

async function bundled(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    ...{ bundle: true, minify: true, write: false, format: 'esm', platform: 'neutral', target: 'es2024' },
    ...{ mainFields: ['module', 'main'], charset: 'utf8' },
    conditions: ['workerd', 'worker', 'browser', 'import'],
  });
  const [output] = outputFiles;
  if (!output) throw new Error('nothing was bundled');
  return output.contents;
}

/** In a process of its own, which has nothing compiled yet. */
async function importOnce(file: string): Promise<z.infer<typeof took>> {
  const script = `
    const from = performance.now();
    const cpu = process.cpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ ms: performance.now() - from, cpu: user + system }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
  return took.parse(JSON.parse(stdout));
}
