/** `pnpm example react`: builds one page and shows it, with the BFF and the sandbox behind it, at the demo's addresses. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePorts, requireFree } from '../../../examples/demo/scripts/ports.mjs';
import { forget, startStand } from '../../../examples/demo/scripts/stand.mjs';
import { buildPage, pages } from './pages.ts';

const name = process.argv.slice(2).find((argument) => argument !== '--');
const page = pages.find((one) => one.name === name);
if (!page) {
  console.error(`Which page? pnpm example ${pages.map((one) => one.name).join('|')}`);
  process.exit(2);
}

const dir = mkdtempSync(join(tmpdir(), 'b131-example-'));
process.once('exit', () => forget(dir));
const ports = choosePorts({}, process.env);
try {
  await requireFree(ports);
  console.log(`Building examples/${page.name} …`);
  const pageDir = await buildPage(page, join(dir, 'page'), `http://127.0.0.1:${ports.bff}/b131`);
  const stand = await startStand({ ports, keptDir: dir, runDir: join(dir, 'run'), pageDir });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => stand.stop().then(() => process.exit(0)));
  console.log(
    `\n  Open  ${stand.urls.shop}\n\n  An account that is paid: 40817810400003869535, BIK 044525974\n  Ctrl-C ends it.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
