import type { Page } from 'puppeteer-core';

/** What a command of ours needs of the browser that runs a test. */
interface TestBrowser {
  getPage(id: string): Page;
}

/** The page that runs a test. */
export function pageOf(session: { readonly id: string; readonly browser: object }): Page {
  if (!isTestBrowser(session.browser)) throw new Error('This browser is not driven by Puppeteer');
  return session.browser.getPage(session.id);
}

function isTestBrowser(browser: object): browser is TestBrowser {
  return 'getPage' in browser && typeof browser.getPage === 'function';
}
