/** What the suite runs in. */
export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** Why a suite cannot run in some engines. */
export interface Reason {
  readonly engines: readonly EngineName[];
  readonly why: string;
}

/** Suites that not every engine can run: `pnpm test:browsers` leaves them out in the others, and lists them. */
export const notEverywhere: Readonly<Record<string, Reason>> = {
  'accessibility.test.ts': { engines: ['chromium'], why: 'reads the accessibility tree' },
  'offline.test.ts': { engines: ['chromium'], why: 'takes the network away' },
  'frame-settings.test.ts': { engines: ['chromium'], why: 'takes the network away, sets the dark' },
  'settings.test.ts': { engines: ['chromium'], why: 'sets less motion and forced colours' },
  'node/leaks.test.ts': { engines: ['chromium'], why: 'reads the heap, the nodes and the listeners' },
  'node/bfcache.test.ts': {
    engines: ['chromium', 'firefox'],
    why: 'goes back and forth; Firefox alone keeps the page alive',
  },
  'reflow.test.ts': { engines: ['chromium', 'firefox'], why: 'sets the size of the page' },
  'shift.test.ts': { engines: ['chromium', 'firefox'], why: 'sets the size of the page' },
};
