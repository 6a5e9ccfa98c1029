/** The bank: `@b131/sandbox` on a port, with its keys in a folder. */
import { serveSandbox } from '@b131/sandbox/node';
import { live, setting } from './child.ts';

await live(() =>
  serveSandbox({
    port: Number(setting('SANDBOX_PORT')),
    keysDir: setting('KEYS_DIR'),
    project: setting('PROJECT'),
    webhookUrl: `${setting('BFF_URL')}/b131/webhooks/bank131`,
  }),
);
