import { expect, test } from 'vitest';
import { groups } from '../src/server/help.js';
import { type Option, options, takesFile } from '../src/server/settings.js';

/** The page is made from the code, so that it cannot tell an option that is not there, or forget one. */
const page = `# The standalone server

\`b131-bff\` is the BFF as a server of its own, for back ends in any language: PHP, Python, Ruby, Go, Java. It needs Node 22
or newer and nothing of your code. Your back end mints tickets ([six languages](tickets.md)), your page holds the tag, and
your server hears of results ([notices](merchant-api.md#hear-of-results)).

\`\`\`sh
npm install @b131/bff
npx b131-bff --check     # tries keys, database and bank; says what is wrong and what to do; moves no money
npx b131-bff             # serves until SIGTERM or Ctrl-C
\`\`\`

In a clone of this repository it is \`npx -y pnpm@12 b131-bff\`. [examples/php](../examples/php) takes it into use step by
step, with a site in plain PHP.

## Configure it

By environment variables, or by a JSON file (\`--config b131.json\`, or \`B131_CONFIG\`) in which \`B131_TICKET_SECRET\` is
called \`ticketSecret\`; the environment wins. Options with a * may be the path of a file instead: \`B131_SECRET_FILE\`, in
a file \`secretFile\`, seen from the file's own folder. A name that is not known is refused, with the nearest that is.

The least that works, with the sandbox (\`npx @b131/sandbox --keys keys --project my_project\`):

\`\`\`sh
export B131_ENVIRONMENT=sandbox B131_PROJECT=my_project
export B131_PRIVATE_KEY_FILE=keys/partner-private.pem B131_BANK_PUBLIC_KEYS_FILE=keys/bank-public.pem
export B131_TICKET_SECRET="$(openssl rand -base64 32)"   # your back end signs tickets with the same
export B131_SECRET="$(openssl rand -base64 32)"          # keep it: it must stay the same
export B131_ORIGINS=https://shop.example                 # where your pages are
npx b131-bff --check && npx b131-bff
\`\`\`

\`--print-config\` shows what it would run with and where each value comes from, secrets masked.

${Object.entries(groups).map(groupInMarkdown).join('\n')}
## What it tells

Lines of JSON on the standard output, from an allow list: no name, token, ticket, account, key or body.

\`\`\`json
{"time":"2026-11-24T04:32:03.651Z","level":"info","event":"payout.changed","payoutId":"pay_05da…","attempt":1,"version":2,"kind":"start","from":"created","to":"starting"}
{"time":"2026-11-24T04:32:03.594Z","level":"info","event":"request","method":"POST","route":"/payouts","httpStatus":202,"durationMs":29}
\`\`\`

\`GET /health\` says that the process answers, \`GET /ready\` whether it can serve; [operations](operations.md) tells what to
alarm on. On SIGTERM it takes no more requests, ends what is under way, and leaves with 0; what a process that was killed
left is taken up by the next one within 30 seconds.

## Run it well

One process on one machine keeps its payouts in an SQLite file: put it on a disk of that machine, and copy it with
\`VACUUM INTO\`, never with \`cp\` while it runs. Several replicas share a Postgres (\`DATABASE_URL\`, and
\`npm install postgres\` beside the kit). Put TLS in front, set \`B131_TRUSTED_PROXIES\` to the number of your own proxies,
and let the proxy pass event streams through unbuffered. Limits (\`B131_LIMIT_…\`) are yours to set: without them a leaked
ticket secret pays what the wallet holds.
`;

function groupInMarkdown([group, title]: [string, string]): string {
  const members = options.filter((option) => option.group === group);
  if (members.length === 0) return '';
  const rows = members.map(
    (option) =>
      `| \`${option.env}\`${takesFile(option) ? ' *' : ''} | ${fallbackOf(option)} | ${option.about.replaceAll('|', '\\|').replace(/<(\w)/g, '\\<$1')} |`,
  );
  return `### ${title}\n\n| variable | default | |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function fallbackOf({ schema }: Option): string {
  const fallback = schema.safeParse(undefined).data;
  return fallback === undefined ? '' : `\`${String(fallback)}\``;
}

test('docs/standalone.md tells every option as the code has it', async () => {
  await expect(page).toMatchFileSnapshot('../../../docs/standalone.md');
});
