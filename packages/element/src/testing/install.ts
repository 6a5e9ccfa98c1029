import { B131Payout } from '../define.js';
import { tagName } from '../element/tag.js';
import { type FakePayout, type FakePayoutOptions, makeFake } from './fake.js';
import { fakeNames, placeFakeWidget } from './widget.js';

/** A fake payout on a page. */
export interface InstalledFakePayout extends FakePayout {
  /** Takes it off the page: `fetch` and the window are as they were. */
  remove(): void;
}

/**
 * Plays a payout on this page: answers the element's calls in the place of `fetch`, brings a widget that keeps to the
 * contract, and connects every `<b131-payout>` of the document, now and later. For tests; needs no network.
 */
export function installFakePayout(options: FakePayoutOptions = {}): InstalledFakePayout {
  const { fake, story } = makeFake(options);
  placeFakeWidget(window, fakeNames, () => story.refusal('widget'));
  const restoreFetch = replaceFetch(fake);
  supplyLayout();
  const observer = new MutationObserver(() => connectAll(fake));
  observer.observe(document, { subtree: true, childList: true });
  connectAll(fake);
  return Object.assign(fake, {
    remove() {
      observer.disconnect();
      restoreFetch();
      story.stop();
      Reflect.deleteProperty(window, fakeNames.global);
    },
  });
}

function connectAll(fake: FakePayout): void {
  for (const element of document.querySelectorAll(tagName)) {
    if (element instanceof B131Payout) fake.connect(element);
  }
}

/** A DOM made of JavaScript lays nothing out: there is never a size to tell. */
function supplyLayout(): void {
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
}

/** Answers what goes to the endpoint; everything else goes its way. */
function replaceFetch(fake: FakePayout): () => void {
  const before = globalThis.fetch;
  const endpoint = new URL(fake.endpoint, document.baseURI).href;
  const replaced: typeof fetch = async (input, init) => {
    const request = input instanceof Request ? input : null;
    const url = new URL(request?.url ?? input.toString(), document.baseURI).href;
    if (!url.startsWith(`${endpoint}/`)) return before(input, init);
    // The signal stays here: in a DOM made of JavaScript it is of another make than `Request` wants.
    const { signal, ...rest } = init ?? {};
    signal?.throwIfAborted();
    const response = await fake.handle(request ?? new Request(url, rest));
    signal?.throwIfAborted();
    return response === null ? new Response(null, { status: 404 }) : endedBy(signal, response);
  };
  globalThis.fetch = replaced;
  return () => {
    if (globalThis.fetch === replaced) globalThis.fetch = before;
  };
}

/** The response, whose body breaks off when the signal says so. */
function endedBy(signal: AbortSignal | null | undefined, { body, status, headers }: Response): Response {
  if (!signal || !body) return new Response(body, { status, headers });
  const reader = body.getReader();
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => {
        controller.error(signal.reason);
        reader.cancel().catch(() => {});
      });
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => reader.cancel(),
  });
  return new Response(cut, { status, headers });
}
