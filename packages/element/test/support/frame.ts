import { fixture, html } from '@open-wc/testing';
import type { B131Payout } from '../../src/index.js';
import { type TestWorld, ticket } from './world.ts';

/** Puts an element that draws in a frame onto the page, with a good ticket unless told otherwise. */
export async function mountFramed(
  world: TestWorld,
  properties: Partial<B131Payout> = {},
): Promise<B131Payout> {
  const settings = { ticket: ticket(), ...properties };
  return fixture<B131Payout>(html`
    <b131-payout
      lang="en"
      endpoint=${settings.endpoint ?? world.endpoint}
      .mode=${settings.mode ?? 'payout'}
      .ticket=${settings.ticket}
      .getTicket=${settings.getTicket ?? null}
      .getPublicToken=${settings.getPublicToken ?? null}
    ></b131-payout>
  `);
}

/** The element's frame, or null while there is none. */
export function frameOf(element: B131Payout): HTMLIFrameElement | null {
  return element.shadowRoot?.querySelector('iframe') ?? null;
}

/** What one sees in a frame. */
export interface Seen {
  readonly text: string;
  readonly lang: string;
  readonly looks: Readonly<Record<'scheme' | 'color' | 'size' | 'font' | 'dir', string>>;
  readonly accent: string;
  /** Name of the field that has the focus, or what kind of element it is. */
  readonly focus: string;
  /** False when the focus is elsewhere: a page remembers where in it it was. */
  readonly hasFocus: boolean;
  readonly values: string;
  readonly scrolls: boolean;
  readonly heights: readonly [number, number];
  /** When the page in the frame was loaded: another number is another page. */
  readonly born: number;
  readonly url: string;
  readonly violations: readonly string[];
}

let count = 0;

/** Has the fake widget in the frame do something, and hands back its answer. */
export function inFrame(element: B131Payout, deed: 'look'): Promise<Seen>;
export function inFrame(element: B131Payout, deed: string, more?: object): Promise<unknown>;
export function inFrame(element: B131Payout, deed: string, more: object = {}): Promise<unknown> {
  const frame = frameOf(element);
  const id = `deed-${++count}`;
  return new Promise((resolve, reject) => {
    if (!frame?.contentWindow) return reject(new Error('There is no frame'));
    const hear = ({ data, source }: MessageEvent): void => {
      if (source !== frame.contentWindow || data?.done !== id) return;
      window.removeEventListener('message', hear);
      clearInterval(looking);
      resolve(data.answer);
    };
    const say = (): void => frame.contentWindow?.postMessage({ deed, id, ...more }, '*');
    window.addEventListener('message', hear);
    say();
    // The fake widget may still be on its way. To look twice is no harm.
    const looking = deed === 'look' ? setInterval(say, 100) : undefined;
  });
}

/** Types into the bank's form in the frame. */
export function typeInFrame(element: B131Payout, account = '40817810400003869535'): Promise<unknown> {
  return inFrame(element, 'type', { bik: '044525974', account });
}

/** Fills the bank's form in the frame in and sends it. */
export async function fillInFrame(element: B131Payout, account?: string): Promise<void> {
  await typeInFrame(element, account);
  await inFrame(element, 'send');
}

/** Moves an element by `moveBefore`. False where that reloads a frame in a shadow root (Firefox) or is not known (WebKit). */
export async function moveKeeping(element: Element, place: Element): Promise<boolean> {
  const probe = document.createElement('div');
  const frame = document.createElement('iframe');
  probe.attachShadow({ mode: 'open' }).append(frame);
  document.body.append(probe);
  const window = frame.contentWindow;
  const kept = moveBefore(probe, place) && frame.contentWindow === window;
  probe.remove();
  if (!moveBefore(element, place)) place.append(element);
  return kept;
}

function moveBefore(element: Element, place: Element): boolean {
  if (!('moveBefore' in place) || typeof place.moveBefore !== 'function') return false;
  place.moveBefore(element, null);
  return true;
}
