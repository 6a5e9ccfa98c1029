import { chromePath } from '@b131/browser';
import type { EngineName } from '../../../packages/element/test/engines.ts';
import { type ProgramFinder, whereIs } from './programs.ts';

/** One engine that the suite runs in. */
export interface Engine {
  readonly name: EngineName;
  readonly title: string;
  /** Debian's packages that bring it; none where npm does. */
  readonly packages: readonly string[];
  /** Programs that it needs, by the name under which they are asked for. */
  readonly programs: ProgramFinder;
}

/** The three engines, the one that `pnpm test` runs in first. */
export const engines: readonly Engine[] = [
  {
    name: 'chromium',
    title: 'Chromium',
    packages: [],
    programs: async () => ({ browser: await chromePath() }),
  },
  {
    name: 'firefox',
    title: 'Firefox ESR',
    packages: ['firefox-esr'],
    programs: () => whereIs({ browser: ['firefox-esr', '/usr/bin/firefox-esr'] }),
  },
  {
    name: 'webkit',
    title: 'WebKitGTK',
    packages: ['webkit2gtk-driver', 'xvfb'],
    programs: () =>
      whereIs({
        driver: ['WebKitWebDriver'],
        browser: [
          '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
          '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
          '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
        ],
        screen: ['Xvfb'],
      }),
  },
];

/** The engine of a name. */
export function engineOf(name: string): Engine {
  const engine = engines.find((one) => one.name === name);
  if (!engine) throw new Error(`There is no engine ${name}`);
  return engine;
}
