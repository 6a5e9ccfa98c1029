import { chromeArguments, chromePath } from '@b131/browser';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { devtools } from './test/commands/devtools.ts';
import { kept } from './test/commands/kept.ts';
import { tabBack } from './test/commands/tab-back.ts';
import { tree } from './test/commands/tree.ts';
import { serveFakePayouts } from './test/server/fake-payout.ts';
import { react } from './test/server/react.ts';
import { startFakeServer } from './test/server/start.ts';

const fake = await startFakeServer();

/** The fake backend once more, on the page's own origin: some merchants have no other. */
async function sharedOrigin(context, next) {
  if (!context.path.startsWith('/w/')) return next();
  const { method, url, headers, req } = context;
  const body = method === 'POST' ? Buffer.concat(await req.toArray()) : undefined;
  const { authorization = '', 'content-type': type = '' } = headers;
  const answer = await fetch(fake.origin + url, {
    method,
    body,
    headers: { authorization, 'content-type': type },
  });
  context.status = answer.status;
  for (const name of ['content-type', 'content-security-policy']) {
    const value = answer.headers.get(name);
    if (value) context.set(name, value);
  }
  context.body = Buffer.from(await answer.arrayBuffer());
}

/** Tells the tests where the fake bank and backend are: another origin, as in life. */
const fakeServer = {
  name: 'fake-server',
  serve: ({ path }) => (path === '/fake-origin' ? { body: fake.origin, type: 'text' } : undefined),
  serverStop: () => fake.close(),
};

export default {
  files: ['test/**/*.test.{ts,tsx}', '!test/looks/**'],
  nodeResolve: true,
  concurrency: 2,
  middleware: [sharedOrigin, serveFakePayouts],
  plugins: [
    fakeServer,
    react,
    devtools(),
    tree(),
    tabBack(),
    kept({ update: process.argv.includes('--update-snapshots') }),
    esbuildPlugin({ ts: true, target: 'es2022' }),
  ],
  browsers: [
    puppeteerLauncher({
      launchOptions: {
        executablePath: await chromePath(),
        args: [...chromeArguments],
        headless: 'shell',
        // Dates on the faces are in the reader's own time.
        env: { ...process.env, TZ: 'UTC' },
      },
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: { config: { timeout: 15_000 } },
  browserStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
};
