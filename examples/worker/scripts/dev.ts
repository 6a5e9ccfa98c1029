/**
 * Runs the Worker on this machine: `wrangler dev` with a local D1, the sandbox in the bank's place, the cron once a
 * minute. With `--smoke` it pays once, says what moved, and ends.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Local, origin, project, startLocal } from './local.ts';
import { payOnce } from './pay-once.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4140' },
    'sandbox-port': { type: 'string', default: '4141' },
    smoke: { type: 'boolean', default: false },
  },
});

const folder = fileURLToPath(new URL('../.dev', import.meta.url));
const port = values.smoke ? 0 : Number(values.port);
const sandboxPort = values.smoke ? 0 : Number(values['sandbox-port']);
const local = await startLocal({ folder, port, sandboxPort });
if (values.smoke) {
  const { payout, paid } = await payOnce(local);
  console.log(`${payout.id} ${payout.status}, paid ${paid} time${paid === 1 ? '' : 's'}`);
  await local.stop();
  process.exit(payout.status === 'succeeded' && paid === 1 ? 0 : 1);
}

show(local);
const cron = setInterval(() => local.cron().catch(console.error), 60_000);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, async () => {
    clearInterval(cron);
    await local.stop();
    process.exit(0);
  });
}

function show({ url, bank, secrets }: Local): void {
  console.log(`
  the Worker          ${url}          (${url}/ready, ${url}/openapi.json)
  the sandbox bank    ${bank.url}          (its dashboard)
  tickets             HS256, secret ${secrets.TICKET_SECRET} (base64), audience sandbox:${project}
  pages               origin ${origin}; the tag's endpoint is ${url}
  the server key      ${secrets.SERVER_KEY}

  Keys, secrets and the database stay in examples/worker/.dev. Ctrl-C ends both.
`);
}
