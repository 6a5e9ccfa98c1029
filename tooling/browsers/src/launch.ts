import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromeArguments } from '@b131/browser';
import type { BrowserLauncher } from '@web/test-runner-core';
import { puppeteerLauncher } from '@web/test-runner-puppeteer';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import type { LaunchOptions } from 'puppeteer-core';
import type { EngineName } from '../../../packages/element/test/engines.ts';
import { type Programs, placeOf } from './programs.ts';
import { startScreen } from './screen.ts';
import { stopProcess } from './stop-process.ts';

/** A launcher for the test runner, and the end of whatever stands behind it. */
export interface Launch {
  readonly launcher: BrowserLauncher;
  readonly version: string;
  stop(): Promise<void>;
}

/** Dates on the faces are in the reader's own time. */
const utc = { ...process.env, TZ: 'UTC' };

/** Makes an engine ready to run tests. */
export async function launch(engine: EngineName, programs: Programs): Promise<Launch> {
  if (engine === 'webkit') return launchWebKit(programs);
  const executablePath = placeOf(programs, 'browser');
  const version = await versionOf(executablePath, utc);
  const options: LaunchOptions =
    engine === 'firefox' ? { browser: 'firefox' } : { args: [...chromeArguments], headless: 'shell' };
  const launchOptions = { ...options, executablePath, env: utc };
  return { launcher: puppeteerLauncher({ launchOptions }), version, stop: async () => {} };
}

/** WebKit has no headless mode: its little browser is driven on a screen that nobody sees. */
async function launchWebKit(programs: Programs): Promise<Launch> {
  const screen = await startScreen(placeOf(programs, 'screen'));
  const browser = placeOf(programs, 'browser');
  const port = await freePort();
  const env = { ...utc, DISPLAY: screen.display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
  const args = [`--port=${port}`, '--host=127.0.0.1'];
  const driver = spawn(placeOf(programs, 'driver'), args, { env, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await stopProcess(driver);
    await screen.stop();
  };
  try {
    await answering(port);
    return { launcher: webKitLauncher(port, browser), version: await versionOf(browser, env), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function webKitLauncher(port: number, binary: string): BrowserLauncher {
  const own = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  return webdriverLauncher({
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: { browserName: 'MiniBrowser', 'wdio:enforceWebDriverClassic': true, ...own },
  });
}

async function versionOf(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 30_000, env });
  return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? 'unknown';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port');
  return address.port;
}

async function answering(port: number): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const there = await fetch(`http://127.0.0.1:${port}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (there) return;
    await wait(100);
  }
  throw new Error('WebKitWebDriver does not answer');
}
