/** Runs the PHP site on this machine: PHP's built-in server, `b131-bff` beside it, the sandbox in the bank's place. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Local, startLocal } from './local.ts';
import { howToGetPhp, isPhpInstalled } from './php.ts';

const usage = `pnpm php: a site in plain PHP, with the payout server and a sandbox bank beside it

  --port N           the site, in PHP's built-in server   (8000)
  --payouts-port N   the payout server, b131-bff          (4132)
  --bank-port N      the sandbox bank                     (4131)
  --log              what each of them says`;

const folder = fileURLToPath(new URL('../.dev', import.meta.url));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const { log, ...ports } = readOptions();
  if (!isPhpInstalled()) throw new Error(`There is no php here, and this is a site in PHP. ${howToGetPhp}`);
  const local = await startLocal({ folder, ...ports, ...(log && { onLine: console.log }) });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, async () => {
      await local.stop();
      process.exit(0);
    });
  }
  show(local);
}

function readOptions() {
  const port = { type: 'string' } as const;
  try {
    // `pnpm php -- --port 1` hands the `--` on.
    const args = process.argv.slice(2).filter((argument) => argument !== '--');
    const { values } = parseArgs({
      args,
      options: { port, 'payouts-port': port, 'bank-port': port, log: { type: 'boolean' } },
    });
    return {
      log: values.log ?? false,
      shopPort: toPort('--port', values.port ?? '8000'),
      payoutsPort: toPort('--payouts-port', values['payouts-port'] ?? '4132'),
      bankPort: toPort('--bank-port', values['bank-port'] ?? '4131'),
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

function show({ shop, payouts, bank }: Local): void {
  console.log(`
  the shop, in PHP     ${shop}
  the payout server    ${payouts}   (b131-bff; also ${payouts}/ready)
  the sandbox bank     ${bank.url}   (its dashboard, with accounts that succeed and fail)

  Keys, secrets, books and payouts stay in examples/php/.dev. Ctrl-C ends all three.
`);
}
