import { fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from './wait.ts';
import '../../src/define.js';
import type { B131Payout } from '../../src/index.js';
import type { WidgetOverride } from '../../src/widget/contract/contract.js';
import { origin, type TestWorld, ticket } from './world.ts';

/** The fake bank's widget as data. */
export function fakeWidget(script = 'tokenize.js', more: WidgetOverride = {}): WidgetOverride {
  return {
    script: `${origin}/widget/${script}`,
    style: `${origin}/widget/tokenize.css`,
    deadline: 5_000,
    ...more,
  };
}

/** Puts an element that draws directly onto the page with a good ticket, unless told otherwise. */
export async function mount(world: TestWorld, properties: Partial<B131Payout> = {}): Promise<B131Payout> {
  const { endpoint } = world;
  const settings = {
    environment: 'sandbox',
    widget: fakeWidget(),
    ticket: ticket(),
    direct: true,
    ...properties,
  } as const;
  return fixture<B131Payout>(html`
    <b131-payout
      lang="en"
      endpoint=${endpoint}
      environment=${settings.environment}
      ?direct=${settings.direct}
      .mode=${settings.mode ?? 'payout'}
      .widget=${settings.widget}
      .ticket=${settings.ticket}
      .getTicket=${settings.getTicket ?? null}
      .getPublicToken=${settings.getPublicToken ?? null}
    ></b131-payout>
  `);
}

/** The face on show. */
export function faceOf(element: B131Payout): string {
  return element.shadowRoot?.querySelector<HTMLElement>('.card')?.dataset.face ?? '';
}

/** Waits until a face is on show. */
export async function face(element: B131Payout, name: string): Promise<void> {
  await waitUntil(() => faceOf(element) === name, `face ${name}, at last ${faceOf(element)}`, {
    timeout: 12_000,
  });
}

/** Everything the recipient can read in our own part. */
export function textOf(element: B131Payout): string {
  return element.shadowRoot?.querySelector('.card')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** Presses a button by its part name. */
export function press(element: B131Payout, name: 'confirm' | 'cancel' | 'another' | 'retry'): void {
  const button = element.shadowRoot?.querySelector<HTMLButtonElement>(`button[part~=${name}]`);
  if (!button) throw new Error(`No button ${name} on the face ${faceOf(element)}`);
  button.click();
}

/** The bank's form, found as a test of a real page finds it. */
export function bankForm(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('#bank131-tokenize form');
}

function field(name: string): HTMLInputElement {
  const input = bankForm()?.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (!input) throw new Error(`The bank's form has no field ${name}`);
  return input;
}

/** Types into the bank's form. */
export function type(account = '40817810400003869535', bik = '044525974'): void {
  for (const [name, value] of [
    ['bik', bik],
    ['account', account],
  ] as const) {
    const input = field(name);
    input.focus();
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

/** Fills the bank's form in and sends it. */
export function fillIn(account?: string): void {
  type(account);
  bankForm()?.requestSubmit();
}

/** Fills in and waits until the payout is followed. */
export async function pay(element: B131Payout, account?: string): Promise<void> {
  await face(element, 'form');
  const first = oneEvent(element, 'b131-status');
  fillIn(account);
  await first;
}

/** Names of the element's events in the order they come. */
export function record(element: B131Payout): string[] {
  const names: string[] = [];
  for (const name of ['ready', 'token', 'status', 'success', 'failure', 'error'] as const) {
    element.addEventListener(`b131-${name}`, (event) => {
      const payout = 'payout' in event ? event.payout : null;
      names.push(`b131-${name}${name === 'status' && payout ? `:${payout.status}` : ''}`);
    });
  }
  return names;
}

/** Waits for one event of the element. */
export async function event<K extends keyof HTMLElementEventMap>(
  element: B131Payout,
  name: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
}
