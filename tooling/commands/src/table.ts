import type { Row } from './proof.ts';

const consumers = 'tooling/consumers/test';
const typed = 'tooling/commands/test/typed';

/** Documents whose commands a test types one after the other, but for those that stand in the table. */
export const typedAlong: Readonly<Record<string, string>> = {
  'docs/standalone.md': `${typed}/standalone.test.ts`,
  'packages/sandbox/README.md': `${typed}/sandbox.test.ts`,
  'packages/api/README.md': `${typed}/api.test.ts`,
  'examples/php/README.md': `${typed}/php.test.ts`,
};

const quickStart = { typedBy: `${consumers}/quick-start.test.ts` };
const installs = { typedBy: `${typed}/installs.test.ts` };
const ci = (as: string) => ({ runBy: '.ci/run', as });
const help = (says: RegExp) => ({ add: '--help', says });
const account = 'It wants an account at Cloudflare.';

/** Every command of the documents that no test above types. */
export const rows: readonly Row[] = [
  // README's quick start.
  { prefix: 'mkdir payouts && cd payouts', proof: quickStart },
  { prefix: 'npm init -y && npm pkg set type=module', proof: quickStart },
  { prefix: 'npm install --save-dev @b131/sandbox vite', proof: quickStart },
  { prefix: 'echo "TICKET_SECRET=$(openssl rand -base64 32)" >> .env', proof: quickStart },
  { prefix: 'echo "BFF_SECRET=$(openssl rand -base64 32)" >> .env', proof: quickStart },
  { prefix: 'npx b131-sandbox', proof: quickStart },
  { prefix: 'node --env-file=.env', proof: quickStart },
  { prefix: 'npx vite', proof: quickStart },

  // What installs the packages, alone and beside others.
  { prefix: 'npm install', proof: installs },
  { prefix: 'b131-sandbox --version', proof: { typedBy: `${typed}/sandbox.test.ts` } },
  { prefix: 'b131-bff --check', proof: { typedBy: `${typed}/standalone.test.ts` } },
  { prefix: 'curl -X PATCH', proof: { typedBy: `${typed}/sandbox.test.ts` } },

  // Programs of the machine.
  { prefix: 'openssl rand', proof: { add: '', says: /^\S{40,}\n$/ } },
  { prefix: 'echo whsec_$(openssl rand -base64 32)', proof: { add: '', says: /^whsec_\S{44}\n$/ } },
  {
    prefix: 'sqlite3',
    proof: {
      cannot: 'Not every machine has the program; what it is told is SQL.',
      instead: `copy=$(mktemp -u) && npx -y pnpm@12 exec node -e "new (require('node:sqlite').DatabaseSync)(':memory:').exec(\\"VACUUM INTO '$copy'\\"); console.log('copied')" && rm "$copy"`,
      says: /copied/,
    },
  },
  {
    prefix: 'TICKET_SECRET=… TICKET_AUDIENCE=sandbox:my_project php examples/tickets/php/ticket.php',
    proof: { runBy: 'examples/tickets/test/languages.ts', as: 'php/ticket.php' },
  },

  // What CI runs whole.
  { prefix: 'bash .ci/run', proof: { runBy: '.github/workflows/ci.yml', as: 'bash .ci/run' } },
  { prefix: 'pnpm demo', proof: { runBy: '.github/workflows/ci.yml', as: 'npx -y pnpm@12 demo --smoke' } },
  {
    prefix: 'pnpm test:browsers',
    proof: { runBy: '.github/workflows/ci.yml', as: 'npx -y pnpm@12 test:browsers' },
  },
  { prefix: 'pnpm test', proof: ci('pnpm test\n') },
  { prefix: 'pnpm lint', proof: ci('pnpm lint\n') },
  { prefix: 'pnpm build', proof: ci('pnpm build\n') },
  { prefix: 'pnpm test:examples', proof: ci('pnpm test:examples\n') },
  { prefix: 'pnpm test:consumers', proof: ci('pnpm test:consumers\n') },
  { prefix: 'pnpm test:commands', proof: ci('pnpm test:commands\n') },
  { prefix: 'pnpm test:runtimes', proof: ci('pnpm test:runtimes\n') },
  { prefix: 'pnpm --filter @b131/snippets test', proof: { runBy: 'package.json', as: 'turbo run test' } },
  {
    prefix: 'pnpm --filter @b131/example-mounting test',
    proof: { runBy: 'package.json', as: 'turbo run test' },
  },
  {
    prefix: 'pnpm --filter @b131/example-vitest test',
    proof: { runBy: 'package.json', as: 'turbo run test' },
  },
  {
    prefix: 'UPDATE_LOOKS=1 pnpm --filter @b131/element exec node --test test/looks/looks.test.ts',
    proof: { runBy: 'packages/element/package.json', as: 'node --test test/looks/looks.test.ts' },
  },

  // What goes on: until it says where it is.
  { prefix: 'pnpm registry', proof: { add: '', says: /@b131:registry=http/, goesOn: true } },
  { prefix: 'pnpm docs:dev', proof: { add: '', says: /Local:\s+http/, goesOn: true } },
  { prefix: 'pnpm example', proof: { add: '', says: /Open {2}http/, goesOn: true } },
  {
    prefix: 'pnpm php',
    proof: { add: '--port 0 --payouts-port 0 --bank-port 0', says: /the shop, in PHP +http/, goesOn: true },
  },
  {
    prefix: 'pnpm worker',
    proof: { add: '--port 0 --sandbox-port 0', says: /the Worker +http/, goesOn: true },
  },
  {
    prefix: 'pnpm --filter @b131/theming dev',
    proof: { add: '--port 0', says: /Local:\s+http/, goesOn: true },
  },

  // What takes long tells what it takes.
  { prefix: 'pnpm simulate', proof: help(/Usage: simulate/) },
  { prefix: 'pnpm fuzz', proof: help(/Usage: fuzz/) },
  { prefix: 'pnpm streams', proof: help(/Usage: streams/) },
  { prefix: 'pnpm crash-test', proof: help(/Usage: pnpm crash-test/) },
  { prefix: 'pnpm bench', proof: help(/--quick/) },
  { prefix: 'pnpm bench:growth', proof: help(/--write/) },
  { prefix: 'pnpm changeset', proof: help(/changeset/) },
  { prefix: 'pnpm b131-bff', proof: help(/b131-bff --check/) },
  { prefix: 'pnpm b131-sandbox', proof: help(/b131-sandbox \[command\]/) },

  // The short way through the rest.
  { prefix: 'pnpm docs:build', proof: { add: '', says: /build complete/ } },
  { prefix: 'pnpm worker --smoke', proof: { add: '', says: /succeeded, paid 1 time/ } },
  {
    prefix: 'pnpm --filter @b131/bff exec vitest run',
    proof: { add: "-t 'no test has this name'", says: /skipped/ },
  },
  {
    prefix: 'pnpm --filter @b131/element exec wtr',
    proof: {
      cannot: 'It takes minutes; `test` runs all of its files.',
      instead: 'npx -y pnpm@12 --filter @b131/element exec wtr --help',
      says: /--files/,
    },
  },
  { prefix: 'pnpm --filter @b131/packages size', proof: { add: '', says: /CDN file/ } },
  { prefix: 'pnpm --filter @b131/sandbox bench', proof: { add: '1000', says: /sign/ } },
  { prefix: 'pnpm --filter @b131/demo build', proof: { add: '', says: /built in/ } },
  {
    prefix: 'pnpm --filter @b131/bench run profile',
    proof: {
      cannot: 'It takes a minute and more.',
      instead: 'npx -y pnpm@12 --filter @b131/bench exec node --check src/profile/main.ts && echo parsed',
      says: /parsed/,
    },
  },
  {
    prefix: 'pnpm --filter @b131/databases unit-costs',
    proof: {
      cannot: 'It takes a minute and more.',
      instead:
        'npx -y pnpm@12 --filter @b131/databases exec node --check unit-costs/unit-costs.ts && echo parsed',
      says: /parsed/,
    },
  },
  {
    prefix: 'pnpm --filter @b131/demo exec node scripts/screenshots.mjs',
    proof: {
      cannot: 'It pictures every state of the demo, which takes minutes.',
      instead: 'npx -y pnpm@12 --filter @b131/demo exec node --check scripts/screenshots.mjs && echo parsed',
      says: /parsed/,
    },
  },

  // A Worker, deployed.
  { prefix: 'cd examples/worker', proof: { add: '', says: /^$/ } },
  {
    prefix: 'npx wrangler login',
    proof: {
      cannot: account,
      instead: 'npx wrangler login --help',
      says: /wrangler login/,
      in: 'examples/worker',
    },
  },
  {
    prefix: 'npx wrangler d1 create payouts',
    proof: {
      cannot: account,
      instead: 'npx wrangler d1 create --help',
      says: /wrangler d1 create <name>/,
      in: 'examples/worker',
    },
  },
  {
    prefix: 'npx wrangler secret put',
    proof: {
      cannot: account,
      instead: 'npx wrangler secret put --help',
      says: /wrangler secret put <key>/,
      in: 'examples/worker',
    },
  },
  {
    prefix: 'pnpm run deploy',
    proof: {
      cannot: account,
      instead:
        'npx wrangler d1 migrations apply --help && npx wrangler deploy --dry-run --outdir "$(mktemp -d)"',
      says: /--remote[\s\S]*dry-run: exiting/,
      in: 'examples/worker',
    },
  },
  {
    prefix: 'pnpm run migrations',
    proof: { add: '', says: /migrations\/0001_b131\.sql/, in: 'examples/worker' },
  },
];
