import type { B131Payout } from '../element/payout-element.js';
import type { FaceName } from '../faces/names.js';
import type { Action } from '../faces/view.js';
import { fakeNames } from './widget.js';

/** Whoever sits before the page. */
export interface FakeRecipient {
  /** Waits until a face is on show. Rejects after `patience` milliseconds (5000), and says what is shown instead. */
  sees(face: FaceName, patience?: number): Promise<void>;
  /** Gives the bank's form an account (20 digits) or a card. One in a frame has to be of the page's own origin. */
  fillIn(number?: string): void;
  /** Presses a button of the element. */
  press(button: Action['name']): void;
  /** Everything that the element says now. */
  reads(): string;
}

/** Whoever sits before this element, e.g. `document.querySelector('b131-payout')`. */
export function recipientOf(element: B131Payout | null): FakeRecipient {
  if (element === null) throw new Error('There is no <b131-payout> on the page');
  const card = (): HTMLElement | null => element.renderRoot?.querySelector<HTMLElement>('.card') ?? null;
  const shown = (): string => card()?.dataset.face ?? 'nothing';
  const reads = (): string => card()?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

  return {
    async sees(face, patience = 5000) {
      await element.updateComplete;
      await until(
        element.renderRoot,
        () => shown() === face,
        patience,
        () => {
          return `<b131-payout> should show "${face}" and shows "${shown()}": ${reads()}`;
        },
      );
    },

    fillIn(number = '40817810400003869535') {
      const frame = element.renderRoot?.querySelector('iframe');
      const document = frame?.contentDocument ?? element.ownerDocument;
      const form = document.getElementById(fakeNames.container)?.querySelector('form');
      if (!form) throw new Error(`There is no form to fill in: <b131-payout> shows "${shown()}"`);
      for (const input of form.querySelectorAll('input')) {
        input.value = input.name === 'bik' ? '044525974' : number;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
      form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    },

    press(name) {
      const button = element.renderRoot?.querySelector<HTMLButtonElement>(`button[part~=${name}]`);
      if (!button) throw new Error(`There is no button "${name}": <b131-payout> shows "${shown()}"`);
      button.click();
    },

    reads,
  };
}

/** Waits for a change below `root` that makes `check` true. */
function until(root: Node, check: () => boolean, patience: number, complaint: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      observer.disconnect();
      settle();
    };
    const look = (): void => {
      if (check()) end(resolve);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(() => reject(new Error(complaint()))), patience);
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
}
