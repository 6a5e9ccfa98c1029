import { chromeArguments, chromePath } from '@b131/browser';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { devtools } from './test/commands/devtools.ts';
import { kept } from './test/commands/kept.ts';
import { tabBack } from './test/commands/tab-back.ts';
import { tree } from './test/commands/tree.ts';
import { serveFakePayouts } from './test/server/fake-payout.ts';
import { lateCourse } from './test/server/late-course.ts';
import { pageUnderPolicy, sharedOrigin } from './test/server/own-origin.ts';
import { react } from './test/server/react.ts';
import { startFakeServer } from './test/server/start.ts';

const fake = await startFakeServer();

/** Tells the tests where the fake bank and backend are: another origin, as in life. */
const fakeServer = {
  name: 'fake-server',
  serve: ({ path }) => {
    if (path === '/fake-origin') return { body: fake.origin, type: 'text' };
    return path === '/inner-page' ? { body: '<!doctype html><title>inner</title>', type: 'html' } : undefined;
  },
  serverStop: () => fake.close(),
};

export default {
  files: ['test/**/*.test.{ts,tsx}', '!test/looks/**', '!test/node/**'],
  nodeResolve: true,
  concurrency: 2,
  middleware: [sharedOrigin(fake.origin), pageUnderPolicy, lateCourse, serveFakePayouts],
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
