import { accountEndingWith, DEFAULT_BIK } from '../../bank/account.js';
import { MAGIC_ENDINGS } from '../../bank/outcomes.js';
import type { ServedSandbox } from '../serve.js';

/** What the command prints when it is up: what to paste where, and the magic accounts. */
export function greeting({ url, project, keys, sandbox }: ServedSandbox): string {
  const { paths, made } = keys;
  return `
Bank 131 sandbox is up: ${url}   (unofficial; no money moves here)
${made ? '\nNew keys were made. The private ones are yours alone to read.\n' : ''}
Client settings (@b131/api, and through it @b131/bff):

  createBank131({
    environment: { api: '${url}' },
    project: '${project}',
    privateKey: readFileSync('${paths.partnerPrivate}', 'utf8'),
    bankPublicKeys: [readFileSync('${paths.bankPublic}', 'utf8')],
  })

Widget      ${url}/widget/tokenize.js
Webhooks    ${webhooksTo(sandbox.settings.webhookUrl)}
Look inside ${url}/

Magic accounts, BIK ${DEFAULT_BIK} (any other ending succeeds):

  ${accountEndingWith('00')}  succeeds
${MAGIC_ENDINGS.map(({ ending, meaning }) => `  ${accountEndingWith(ending)}  ${meaning}\n`).join('')}
Ctrl-C ends it.

`;
}

function webhooksTo(url: string | null): string {
  return url ? `go to ${url}` : 'go nowhere: start with --webhook-url http://127.0.0.1:4132/webhooks/bank131';
}
