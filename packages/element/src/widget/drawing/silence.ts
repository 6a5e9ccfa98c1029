import { LoadError, type LoadErrorCode } from '../../loader/errors.js';
import type { Frame } from '../../opening/frame.js';

/** How long is waited, in milliseconds. */
interface Patience {
  /** For the greeting of the frame's page. */
  readonly deadline: number;
  /** For the same, once the frame has loaded: a page that runs has greeted before that. */
  readonly grace: number;
  /** Until it is asked whether there is a page at all: Firefox does not tell of a frame's page that cannot be had. */
  readonly doubt: number;
}

/**
 * Fails when the frame's page does not greet, and finds out why as far as can be. A browser shows a page that may not
 * be framed here exactly as one that cannot be had: as something that loads and says nothing.
 */
export function failWhenSilent(
  { element, url, loads, violations }: Frame,
  fail: (error: LoadError) => void,
  signal: AbortSignal,
  { deadline, grace, doubt }: Patience = { deadline: 15_000, grace: 2_000, doubt: 4_000 },
): void {
  const document = element.ownerDocument;
  const { href, origin } = url;
  const failAs = (code: LoadErrorCode, advice = ''): void => {
    if (signal.aborted) return;
    if (advice) console.error(`<b131-payout>: ${href} does not come up in its frame. ${advice}`);
    fail(new LoadError(code, href));
  };
  const look = async (served: () => void): Promise<void> => {
    if (globalThis.navigator.onLine === false) failAs('offline');
    else if (await isServed(href, signal)) served();
    else failAs('load-failed');
  };
  const timers = new Set([
    setTimeout(() => failAs('timeout'), deadline),
    setTimeout(() => void look(() => {}), doubt),
  ]);
  signal.addEventListener('abort', () => timers.forEach(clearTimeout), { once: true });

  loads.by(() => {
    if (signal.aborted) return;
    const blocked = (): void => failAs('blocked', refused(document));
    timers.add(setTimeout(() => void look(blocked), grace));
  });
  violations.by(({ disposition, effectiveDirective, blockedURI }) => {
    if (disposition !== 'enforce' || effectiveDirective !== 'frame-src') return;
    if (href.startsWith(blockedURI)) failAs('blocked', `This page's frame-src must allow ${origin}.`);
  });
}

/** Whether there is such a page at all; what it says is not for us to read. */
async function isServed(href: string, signal: AbortSignal): Promise<boolean> {
  const asked = fetch(href, { mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  return asked.then(
    () => true,
    () => false,
  );
}

function refused({ defaultView }: Document): string {
  return (
    `Something is there, so the browser may not show it here: the option "origins" of the backend must name ` +
    `${defaultView?.origin} and the origin of every page around this one, no proxy may add X-Frame-Options, ` +
    `and "endpoint" must lead to the backend.`
  );
}
