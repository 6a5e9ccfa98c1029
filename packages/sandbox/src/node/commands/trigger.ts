import { parseArgs } from 'node:util';
import type { SessionDetail } from '../../control/view.js';
import { type Command, OptionError, only, print, readNumber, readOptions } from './command.js';
import { remote } from './remote.js';

export const trigger: Command = {
  summary: 'make a running sandbox send a webhook',
  usage: `b131-sandbox trigger: opens a payout and takes it to where the bank sends that webhook

  b131-sandbox trigger ready_to_confirm
  b131-sandbox trigger payment_finished [--code account_not_found]
  b131-sandbox trigger payment_refunded [--returned 5000]

  --url URL          the sandbox (B131_SANDBOX_URL, or http://127.0.0.1:4131)
  --code CODE        the payout fails with this error code
  --amount N         of the payout, kopecks (10000)
  --returned N       how much comes back, kopecks (all)
  --api-version V    v1 or v2 (v2)
  --metadata JSON    the payout's metadata
  --json             the session as JSON
  --help             this text
`,
  async run(args) {
    const { values, positionals } = readOptions(() =>
      parseArgs({ args, options: OPTIONS, allowPositionals: true }),
    );
    const { code, amount, returned, metadata } = values;
    const session = await remote(values.url).ask<SessionDetail>('trigger', {
      type: only(positionals, 'The type of the webhook'),
      code,
      amount: amount === undefined ? undefined : readNumber(amount, '--amount'),
      returned: returned === undefined ? undefined : readNumber(returned, '--returned'),
      version: values['api-version'],
      metadata: metadata === undefined ? undefined : readJson(metadata),
    });
    const payout = session.payouts.at(-1);
    const next = session.next_action ? `, next_action ${session.next_action}` : '';
    print(
      values.json
        ? JSON.stringify(session)
        : `${session.id}  ${session.status}${next}, payout ${payout?.status}`,
    );
    return 0;
  },
};

const OPTIONS = {
  url: { type: 'string' },
  code: { type: 'string' },
  amount: { type: 'string' },
  returned: { type: 'string' },
  'api-version': { type: 'string' },
  metadata: { type: 'string' },
  json: { type: 'boolean' },
} as const;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OptionError(`--metadata must be JSON, such as '{"ref":7}' or '"good"', not ${text}`);
  }
}
