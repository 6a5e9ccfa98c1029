import { spoken, spokenNotice } from '../faces/spoken.js';
import type { View } from '../faces/view.js';

/**
 * Brings news to where the recipient is, once each: the focus moves to the heading of a new face when it was inside
 * the element (or was lost with what is gone); otherwise the live region speaks.
 */
export class News {
  #last = '';
  #face = '';
  #tag = '';
  #quiet = true;

  /** To be called after each rendering. `hadFocus`: the focus was inside before it. */
  bring(view: View, tag: string, root: ParentNode, hadFocus: boolean): void {
    const words = spoken(view);
    if (words === this.#last) return;
    const isNew = view.face !== this.#face;
    const translated = !isNew && tag !== this.#tag;
    this.#last = words;
    this.#face = view.face;
    this.#tag = tag;
    // A form that opens with the page is no news.
    this.#quiet &&= view.kind !== 'news' && view.notice === null && !hadFocus;
    const said = this.#quiet || translated || (isNew && hadFocus && focusHeading(root));
    say(root, said ? '' : isNew ? words : spokenNotice(view.notice));
  }
}

/** False when the heading has the focus already: then its change is not read out. */
function focusHeading(root: ParentNode): boolean {
  const heading = root.querySelector<HTMLElement>('#title');
  if (heading === null || heading.matches(':focus')) return false;
  heading.focus();
  return true;
}

function say(root: ParentNode, words: string): void {
  const status = root.querySelector('[role=status]');
  if (status !== null && status.textContent !== words) status.textContent = words;
}
