import type { TestRunnerPlugin } from '@web/test-runner';
import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import { pageOf } from './page.ts';

/** What a test may change about the browser it runs in. */
export interface Conditions {
  /** URLs (as URLPattern writes them) that cannot be reached, while the browser says that it is offline. */
  readonly offline?: readonly string[];
  readonly forcedColors?: boolean;
  readonly dark?: boolean;
  readonly reducedMotion?: boolean;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Commands for what only Chromium's own tools can do: a network that goes away, and the person's own settings. */
export function devtools(): TestRunnerPlugin {
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'conditions' || !isConditions(payload)) return undefined;
      const page = pageOf(session);
      const opened = sessions.get(page) ?? page.createCDPSession();
      sessions.set(page, opened);
      await apply(await opened, payload);
      return true;
    },
  };
}

async function apply(client: CDPSession, conditions: Conditions): Promise<void> {
  const { offline = [], forcedColors = false, dark = false, reducedMotion = false } = conditions;
  const full = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  // By rule: the test runner's own connection to the page must live on.
  await client.send('Network.emulateNetworkConditionsByRule', {
    matchedNetworkConditions: offline.map((urlPattern) => ({ urlPattern, offline: true, ...full })),
  });
  await client.send('Network.overrideNetworkState', { offline: offline.length > 0, ...full });
  const features: Protocol.Emulation.MediaFeature[] = [
    { name: 'forced-colors', value: forcedColors ? 'active' : '' },
    { name: 'prefers-color-scheme', value: dark ? 'dark' : '' },
    { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : '' },
  ];
  await client.send('Emulation.setEmulatedMedia', { features });
}

function isConditions(payload: unknown): payload is Conditions {
  return typeof payload === 'object' && payload !== null;
}
