/**
 * Where the CPU of the main thread goes when the kit pays: `pnpm --filter @b131/bench profile [memory|sqlite|postgres]`.
 * Time is by the wall while the thread was not idle: on a machine with other work, waiting for a core counts as well.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openStand, payFor } from '../stand/stand.ts';

const profile = z.object({
  nodes: z.array(
    z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
type Profile = z.infer<typeof profile>;

const [store = 'sqlite'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'b131-bench-profile-'));
try {
  const file = await record();
  for (const [area, share] of areas(profile.parse(JSON.parse(await readFile(file, 'utf8')))).slice(0, 25))
    console.log(`${(100 * share).toFixed(1).padStart(5)} %  ${area}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function record(): Promise<string> {
  const stand = await openStand();
  try {
    const execArgv = ['--cpu-prof', '--cpu-prof-dir', folder];
    const kit = await stand.start({ name: store, module: 'kit', variant: store, execArgv });
    await payFor(stand, kit, { seconds: 120, enough: 2000, inFlight: 16 });
    await kit.stop();
  } finally {
    await stand.close();
  }
  const [file] = await readdir(folder);
  if (file === undefined) throw new Error('no profile was written');
  return join(folder, file);
}

/** Shares of the time, by package or part of Node; of the second half, when everything is compiled. */
function areas({ nodes, samples, timeDeltas }: Profile): [string, number][] {
  const areaOf = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  for (const [n, id] of samples.entries()) {
    const area = areaOf.get(id) ?? '';
    if (n < samples.length / 2 || area === '(idle)') continue;
    const time = timeDeltas[n] ?? 0;
    total += time;
    times.set(area, (times.get(area) ?? 0) + time);
  }
  return [...times].sort(([, a], [, b]) => b - a).map(([area, time]) => [area, time / total]);
}

function nameOf({ functionName, url }: { functionName: string; url: string }): string {
  const [, own] = /\/packages\/(.+?)\/[^/]+$/.exec(url) ?? [];
  const [, library] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  return library ?? own?.replace('/dist', '') ?? (url === '' ? functionName || '(native)' : url);
}
