import type { WidgetContract } from '../../widget/contract/contract.js';
import { noteInference } from '../../widget/contract/inference.js';
import { loadWidget } from '../../widget/load.js';
import { greeting, isGreeting } from '../greeting.js';
import type { ToFrame, ToPage } from '../protocol.js';
import { createForm, type Form } from './form.js';
import { wear } from './looks.js';

interface Config {
  readonly contract: WidgetContract;
  readonly origins: readonly string[];
}

/**
 * Runs the page in the frame: begins to load the widget, greets whoever holds the frame, and obeys the one answer that
 * comes from there and from an origin that may hold it. Every other message is ignored; one that claims to be that
 * answer is reported.
 */
export function openFrame(window: Window): void {
  const { document, parent } = window;
  const { contract, origins }: Config = JSON.parse(document.getElementById('b131-frame')?.textContent ?? '');
  hideNonce(document);
  noteInference(contract, document, 'option "widget" of the payout backend');
  const never = new AbortController().signal;
  const loaded = loadWidget(contract, { document, nonce: '', signal: never });
  loaded.catch(() => {}); // told once the form is wanted
  let form: Form | null = null;
  let tell: ((news: ToPage) => void) | null = null;
  let forged = false;

  window.addEventListener('message', ({ data, source, origin, ports: [port] }) => {
    if (!isGreeting(data, 'welcome')) return;
    if (source !== parent || !origins.includes(origin)) {
      forged = true;
      tell?.({ tell: 'forged' });
    } else if (port && form === null) {
      tell = (news) => port.postMessage(news);
      form = createForm({ contract, document, loaded, tell });
      const { obey } = form;
      port.onmessage = ({ data: order }: MessageEvent<ToFrame>) => {
        if (order.do === 'look') wear(document, order.looks);
        else obey(order);
      };
      if (forged) tell({ tell: 'forged' });
    }
  });
  if (parent !== window) parent.postMessage(greeting('hello'), '*');
}

/** With our nonce a script could come from anywhere; without it only from the hosts that the policy names. */
function hideNonce(document: Document): void {
  for (const tag of document.querySelectorAll<HTMLElement>('[nonce]')) tag.nonce = '';
}
