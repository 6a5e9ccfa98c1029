import { chromeArguments, chromePath } from '@b131/browser';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { bundledReactTest, renderedByReact } from './test/server/react.ts';
import { startFakeServer } from './test/server/start.ts';

const fake = await startFakeServer();

/** Tells the tests where the fake bank and backend are: another origin, as in life. */
const fakeServer = {
  name: 'fake-server',
  serve: ({ path }) => (path === '/fake-origin' ? { body: fake.origin, type: 'text' } : undefined),
  serverStop: () => fake.close(),
};

/** React is CommonJS, so its test comes bundled; beside it what a server has rendered. */
const react = {
  name: 'react',
  serve: async ({ path }) => {
    if (path === '/test/react.test.tsx') return { body: await bundledReactTest(), type: 'js' };
    if (path === '/rendered-by-react') return { body: renderedByReact(), type: 'html' };
    return undefined;
  },
};

export default {
  files: 'test/**/*.test.{ts,tsx}',
  nodeResolve: true,
  concurrency: 2,
  plugins: [fakeServer, react, esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: [
    puppeteerLauncher({
      launchOptions: {
        executablePath: await chromePath(),
        args: [...chromeArguments],
        headless: 'shell',
      },
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  testFramework: { config: { timeout: 15_000 } },
  browserStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
};
