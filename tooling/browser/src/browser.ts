import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core';

import { chromeArguments } from './arguments.ts';
import { carriedChrome, carriedFitsHere } from './carried.ts';
import { installedChromes } from './installed.ts';
import { probe } from './probe.ts';

export type { Browser, LaunchOptions, Page };
export { carriedChrome, carriedFitsHere, chromeArguments };

/** No browser could be started on this machine; the message says what was tried and the way out. */
export class BrowserNotFoundError extends Error {
  override name = 'BrowserNotFoundError';
}

let found: Promise<string> | undefined;

/**
 * Path of a Chromium that was seen to start on this machine: `CHROME_PATH`, an installed Chrome or Chromium, or
 * the one carried by npm (Linux x64; unpacked on first use). Start it with {@link chromeArguments}.
 *
 * @throws BrowserNotFoundError when none of them starts.
 */
export function chromePath(): Promise<string> {
  found ??= findChrome();
  return found;
}

/**
 * Starts a headless browser with a profile of its own, which is removed when the browser is closed.
 * `options.args` are added to {@link chromeArguments}.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { args = [], ...rest } = options;
  return puppeteer.launch({
    headless: 'shell',
    executablePath: await chromePath(),
    ...rest,
    args: [...chromeArguments, ...args],
  });
}

async function findChrome(): Promise<string> {
  const tried: string[] = [];
  const accepted = async (path: string): Promise<boolean> => {
    const result = await probe(path);
    if (!result.ok) tried.push(`${path}: ${result.reason}`);
    return result.ok;
  };

  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (await accepted(wanted)) return wanted;
    throw new BrowserNotFoundError(`CHROME_PATH does not start.\n${tried.join('\n')}`);
  }
  for (const path of await installedChromes()) if (await accepted(path)) return path;
  if (carriedFitsHere) {
    const path = await carriedChrome();
    if (await accepted(path)) return path;
  } else {
    tried.push(`the Chromium carried by npm is for Linux x64, this is ${process.platform} ${process.arch}`);
  }
  throw new BrowserNotFoundError(
    `No Chrome or Chromium starts here: install one, or set CHROME_PATH to its program.\n${tried.join('\n')}`,
  );
}
