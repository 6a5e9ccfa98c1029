/** A page whose strings are pulled from outside: by tests that drive a whole browser. */
import { B131Payout } from '../../src/define.js';
import { settingsOf } from './settings.ts';

let place: HTMLElement | null = null;

/** Puts a fresh element where the last one was; `how`: drawn directly, or in a frame. */
function put(how: string): B131Payout {
  const element = Object.assign(new B131Payout(), settingsOf(new URL(location.href), how));
  place?.remove();
  place = document.createElement('main');
  place.append(element);
  document.body.append(place);
  return element;
}

function faceOf(element: B131Payout): string {
  return element.shadowRoot?.querySelector<HTMLElement>('.card')?.dataset.face ?? '';
}

async function shows(element: B131Payout, face: string): Promise<void> {
  const end = performance.now() + 20_000;
  while (faceOf(element) !== face) {
    if (performance.now() > end) throw new Error(`It should show ${face} and shows ${faceOf(element)}`);
    await wait(10);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Creates and removes so many elements, each at another moment of its life; one in ten gets as far as its form. */
async function cycle(how: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const element = put(how);
    if (index % 10 === 0) await shows(element, 'form');
    else if (index % 3 === 0) await wait(index % 7);
    element.remove();
    await Promise.resolve();
  }
  place?.remove();
  place = null;
  await wait(50);
}

declare global {
  interface Window {
    strings: {
      put(how: string): void;
      shows(face: string): Promise<void>;
      cycle: typeof cycle;
      back: boolean | null;
    };
  }
}

window.strings = {
  put: (how) => void put(how),
  async shows(face) {
    const element = document.querySelector('b131-payout');
    if (element === null) throw new Error('There is no element');
    await shows(element, face);
  },
  cycle,
  back: null,
};
window.addEventListener('pageshow', ({ persisted }) => {
  window.strings.back = persisted;
});
