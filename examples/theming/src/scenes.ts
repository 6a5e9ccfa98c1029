import type { B131Payout } from '@b131/element';
import { failed, installFakePayout, type Line, refused } from '@b131/element/testing';

const review = { status: 'awaiting_confirmation', confirm: 'recipient' } as const;
const paid = { status: 'succeeded', finishedAt: '2026-03-02T09:02:00Z' } as const;

/** What can be shown: the script that leads there, and whether the form is filled in on the way. */
const scripts: Readonly<Record<string, { readonly script: readonly Line[]; readonly fill: boolean }>> = {
  'the bank’s form': { script: ['hold'], fill: false },
  'the bank at work': { script: ['processing', 'hold'], fill: true },
  'a question': { script: [review, 'hold'], fill: true },
  paid: { script: [paid], fill: true },
  'failed, another account may be tried': { script: [failed('account_not_found')], fill: true },
  cancelled: { script: [{ status: 'cancelled' }], fill: true },
  'come back': { script: [{ status: 'returned', returnedAmount: 150_000 }], fill: true },
  'a person checks it': { script: ['needs_attention', 'hold'], fill: true },
  'not available': { script: [refused('public-token', 'store_unavailable')], fill: false },
};

/** Names of all scenes. */
export const sceneNames: readonly string[] = Object.keys(scripts);

let leave = (): void => {};

/** Plays a scene in an element of its own; the one before it goes. */
export function play(name: string, stage: HTMLElement): void {
  leave();
  const { script, fill } = scripts[name] ?? { script: ['hold'], fill: false };
  const fake = installFakePayout({ script });
  const element: B131Payout = document.createElement('b131-payout');
  stage.replaceChildren(element);
  leave = () => {
    element.remove();
    fake.remove();
  };
  if (fill) element.addEventListener('b131-ready', () => fillIn(element), { once: true });
}

/** As a recipient would: the fake bank's form stands in the page itself. */
function fillIn(element: B131Payout): void {
  for (const input of element.querySelectorAll('input'))
    input.value = input.name === 'bik' ? '044525974' : '40817810400003869535';
  element.querySelector('form')?.requestSubmit();
}
