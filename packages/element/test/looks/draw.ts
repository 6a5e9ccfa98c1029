import { type Browser, carriedChrome, launchBrowser } from '@b131/browser';
import type { Gallery } from './gallery.ts';
import type { Look, Part } from './hang.ts';

/** One picture of the set. */
export interface Sheet {
  readonly name: string;
  readonly part: Part | 'form';
  readonly look: Look;
  readonly columns: number;
  readonly forcedColors?: boolean;
}

const light = { lang: 'en', scheme: 'light', dir: 'ltr', width: 480 } as const;
const dark = { lang: 'ru', scheme: 'dark', dir: 'ltr', width: 390 } as const;
const phone = { lang: 'ru', scheme: 'light', dir: 'ltr', width: 320 } as const;
const mirrored = { lang: 'ru', scheme: 'light', dir: 'rtl', width: 390 } as const;
const forced = { lang: 'en', scheme: 'light', dir: 'ltr', width: 390 } as const;

const parts = ['way', 'ends', 'errors', 'form'] as const;

/** Every picture that is kept: each state in light, in dark and at a phone's width; mirrored, and in forced colours. */
export const sheets: readonly Sheet[] = [
  ...parts.map(
    (part): Sheet => ({ name: `light-${part}`, part, look: light, columns: part === 'form' ? 1 : 4 }),
  ),
  ...parts.map(
    (part): Sheet => ({ name: `dark-${part}`, part, look: dark, columns: part === 'form' ? 1 : 5 }),
  ),
  ...parts.map(
    (part): Sheet => ({ name: `phone-${part}`, part, look: phone, columns: part === 'form' ? 1 : 6 }),
  ),
  { name: 'mirrored-way', part: 'way', look: mirrored, columns: 5 },
  { name: 'forced-colors-way', part: 'way', look: forced, columns: 5, forcedColors: true },
];

/** The Chromium that npm carries, told to draw letters the same way on every machine. */
export async function openBrowser(): Promise<Browser> {
  return launchBrowser({
    executablePath: await carriedChrome(),
    args: ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    env: { ...process.env, TZ: 'UTC' },
  });
}

/** Draws a sheet as PNG. */
export async function draw(browser: Browser, { origin, fake }: Gallery, sheet: Sheet): Promise<Uint8Array> {
  const { part, look, columns, forcedColors = false } = sheet;
  const tab = await browser.newPage();
  try {
    await tab.setViewport({ width: (look.width + 24) * columns + 24, height: 800 });
    if (forcedColors) {
      const client = await tab.createCDPSession();
      await client.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: 'active' }],
      });
    }
    await tab.goto(origin);
    if (part === 'form') await tab.evaluate(inPage('hangForm', look, fake.origin));
    else await tab.evaluate(inPage('hang', part, look));
    return await tab.screenshot({ fullPage: true });
  } finally {
    await tab.close();
  }
}

/** The page's own module does the work: what crosses over is its name and plain data. */
function inPage(name: 'hang' | 'hangForm', ...values: readonly unknown[]): string {
  return `import('/test/looks/hang.ts').then(({ ${name} }) => ${name}(...${JSON.stringify(values)}))`;
}
