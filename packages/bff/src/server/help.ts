import { type OptionFacts, options, takesFile } from './settings.js';

/** What each group of options is called. */
export const groups: Readonly<Record<OptionFacts['group'], string>> = {
  bank: 'The bank',
  tickets: 'Tickets of your back end (one of the first three)',
  pages: 'Pages',
  payouts: 'Payouts',
  store: 'Where payouts are kept',
  merchant: 'Your servers',
  operators: 'Your people',
  server: 'The server',
};

/** What `--help` prints. */
export function help(): string {
  return `b131-bff: payouts through Bank 131, as a server of its own (unofficial)

  b131-bff [--config b131.json]                    serves until SIGTERM or Ctrl-C
  b131-bff --check [--json] [--config b131.json]   tries keys, database and bank, says what is wrong; moves no money
  b131-bff --print-config [--json] [--config …]    what it would run with; secrets masked
  b131-bff --version
  b131-bff --help

Options are environment variables, or names in a JSON file (B131_TICKET_SECRET is "ticketSecret" there); the
environment wins. Those with a * may be the path of a file instead: B131_SECRET_FILE, in a file "secretFile".

${Object.entries(groups)
  .map(([group, title]) => groupInWords(group, title))
  .filter((text) => text !== '')
  .join('\n')}
Exit codes: 0 well, 1 something is wrong, 2 the command line cannot be followed.
`;
}

function groupInWords(group: string, title: string): string {
  const members = options.filter((option) => option.group === group);
  if (members.length === 0) return '';
  const lines = members.map((option) => {
    const fallback = option.schema.safeParse(undefined).data;
    const about = `${option.about}${fallback === undefined ? '' : ` (${String(fallback)})`}`;
    return `  ${option.env}${takesFile(option) ? ' *' : ''}\n      ${about}\n`;
  });
  return `${title}\n${lines.join('')}`;
}

/** What somebody reads who starts it for the first time, with nothing set. */
export const firstRun = `b131-bff: nothing is configured yet. Three things, as environment variables or in a file (--config b131.json):
  the bank   B131_ENVIRONMENT, B131_PROJECT, B131_PRIVATE_KEY_FILE, B131_BANK_PUBLIC_KEYS_FILE
  tickets    B131_TICKET_SECRET, the same as your back end signs with (openssl rand -base64 32)
  yourself   B131_SECRET (another one), B131_ORIGINS (your pages: https://shop.example)
Then \`b131-bff --check\` tells whether it works. All options: \`b131-bff --help\`.
`;
