/**
 * Runs the Worker on this machine: `wrangler dev` with a local D1, the sandbox in the bank's place, the cron once a
 * minute. With `--smoke` it pays once, says what moved, and ends.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Local, origin, project, startLocal } from './local.ts';
import { payOnce } from './pay-once.ts';

const usage = `pnpm worker: the Worker on this machine, against a sandbox bank

  --port N           the Worker         (4140)
  --sandbox-port N   the sandbox bank   (4141)
  --smoke            on free ports: pays once, says what moved, ends`;

const folder = fileURLToPath(new URL('../.dev', import.meta.url));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const { smoke, port, sandboxPort } = readOptions();
  if (smoke) process.exit(await payAndEnd(await startLocal({ folder, port: 0, sandboxPort: 0 })));
  const starting = startLocal({ folder, port, sandboxPort });
  stopOnSignal(starting);
  const local = await starting;
  setInterval(() => local.cron().catch(console.error), 60_000);
  show(local);
}

/** Also while it is being started: wrangler is in a group of its own, and would stay. */
function stopOnSignal(starting: Promise<Local>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const local = await starting;
    await local.stop();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
}

function readOptions() {
  const port = { type: 'string' } as const;
  try {
    // `pnpm worker -- --smoke` hands the `--` on.
    const args = process.argv.slice(2).filter((argument) => argument !== '--');
    const { values } = parseArgs({
      args,
      options: { port, 'sandbox-port': port, smoke: { type: 'boolean' } },
    });
    return {
      smoke: values.smoke ?? false,
      port: toPort('--port', values.port ?? '4140'),
      sandboxPort: toPort('--sandbox-port', values['sandbox-port'] ?? '4141'),
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function toPort(option: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error(`${option} takes a port, 0 to 65535, not ${text}`);
  return Number(text);
}

/** @returns the exit code */
async function payAndEnd(local: Local): Promise<number> {
  try {
    const { payout, paid } = await payOnce(local);
    console.log(`${payout.id} ${payout.status}, paid ${paid} time${paid === 1 ? '' : 's'}`);
    return payout.status === 'succeeded' && paid === 1 ? 0 : 1;
  } finally {
    await local.stop();
  }
}

function show({ url, bank, secrets }: Local): void {
  console.log(`
  the Worker          ${url}   (also ${url}/ready and ${url}/openapi.json)
  the sandbox bank    ${bank.url}   (its dashboard)
  tickets             HS256, secret ${secrets.TICKET_SECRET} (base64), audience sandbox:${project}
  pages               origin ${origin}; the tag's endpoint is ${url}
  the server key      ${secrets.SERVER_KEY}

  Keys, secrets and the database stay in examples/worker/.dev. Ctrl-C ends both.
`);
}
