import { render } from 'lit';
import { Desk } from './app/desk.js';
import { page } from './app/page.js';
import { listenForShortcuts } from './app/shortcuts.js';
import type { State } from './app/state.js';
import './style/base.css';
import './style/frame.css';
import './style/lists.css';
import './style/detail.css';
import './style/forms.css';

const root = document.querySelector<HTMLElement>('#desk');
if (!root) throw new Error('The page has no #desk');

const desk = new Desk(draw);

let shownSession: string | undefined;

function draw(): void {
  if (!root) return;
  document.documentElement.dataset.theme = desk.state.theme;
  document.title = titleOf(desk.state);
  render(page(desk), root);
  followSession(shownSession, desk.state.session?.id);
  shownSession = desk.state.session?.id;
}

/** The focus goes along where a payout takes the list's place, and back to its row. */
function followSession(before: string | undefined, now: string | undefined): void {
  if (before === now) return;
  if (now === undefined) return void rowOf(before ?? '')?.focus();
  if (document.querySelector('.list-pane')?.checkVisibility()) return;
  window.scrollTo(0, 0);
  document.querySelector<HTMLElement>('#detail')?.focus({ preventScroll: true });
}

function rowOf(session: string): HTMLElement | undefined {
  const rows = document.querySelectorAll<HTMLAnchorElement>('#rows a.row');
  return [...rows].find((row) => row.hash.includes(`/${session}`));
}

function titleOf({ route, session }: State): string {
  const view = { payouts: 'Payouts', traffic: 'Traffic', behaviour: 'Behaviour', setup: 'Set-up' }[
    route.view
  ];
  return `${session?.id ?? view} · Bank 131 sandbox`;
}

/** Scrolled, pointed at or tabbed into: then rows must not move under the reader. */
function busyInList(): boolean {
  const list = document.querySelector('.list-pane');
  if (!list) return false;
  return (
    list.scrollTop > 0 ||
    window.scrollY > 80 ||
    list.matches(':hover') ||
    list.querySelector('#rows :focus') !== null
  );
}

draw();
desk.start(busyInList);
listenForShortcuts(desk);
