import { fixture, html } from '@open-wc/testing';
import type { FaceStage } from './face-stage.ts';
import './face-stage.ts';
import { everyState } from './states.ts';

/** How the faces are to be shown. */
export interface Showing {
  readonly lang: string;
  readonly dir?: 'ltr' | 'rtl';
  readonly scheme?: 'light' | 'dark';
}

/** Every state on one page, each in a region named after it. */
export async function everyFace({ lang, dir = 'ltr', scheme = 'light' }: Showing): Promise<HTMLElement> {
  const stages = [...everyState()].map(
    ([name, state]) =>
      html`<section aria-label=${name}>
        <b131-face-stage lang=${lang} dir=${dir} .state=${state}></b131-face-stage>
      </section>`,
  );
  const ground = scheme === 'dark' ? '#0c0f14' : '#fff';
  const page = await fixture<HTMLElement>(
    html`<main style="color-scheme: ${scheme}; background: ${ground}">${stages}</main>`,
  );
  await Promise.all(stagesOf(page).map((stage) => stage.updateComplete));
  return page;
}

/** The stages of such a page. */
export function stagesOf(page: HTMLElement): readonly FaceStage[] {
  return [...page.querySelectorAll<FaceStage>('b131-face-stage')];
}

/** The state that a stage of such a page shows. */
export function nameOf(stage: FaceStage): string {
  return stage.closest('section')?.getAttribute('aria-label') ?? '';
}
