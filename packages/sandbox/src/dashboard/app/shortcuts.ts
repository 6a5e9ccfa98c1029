import type { Desk } from './desk.js';
import { hrefOf } from './route.js';

/** Single keys, for those who want them: the page's foot switches them off. */
export function listenForShortcuts(desk: Desk): void {
  document.addEventListener('keydown', (event) => {
    if (!desk.state.shortcuts || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = isTyping(event.target);
    if (event.key === 'Escape') return void leave(desk, typing);
    if (typing) return;
    const act = keys(desk)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function keys(desk: Desk): Record<string, () => void> {
  return {
    '/': () => document.querySelector<HTMLElement>('#search')?.focus(),
    j: () => move(1),
    k: () => move(-1),
    p: () => desk.pause(),
  };
}

function leave(desk: Desk, typing: boolean): void {
  if (typing) return void (document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const { route } = desk.state;
  if (route.view === 'payouts' && route.session !== undefined) {
    location.hash = hrefOf({ view: 'payouts', search: route.search, status: route.status });
  }
}

/** Moves the focus along the rows of the list. */
function move(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('#rows .row')];
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by));
  rows[next]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement
    ? !['checkbox', 'button'].includes(target.type)
    : target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
