import { LoadError } from './errors.js';
import type { LoadOptions } from './options.js';

/** A tag that loads something by URL. */
export type Tag = HTMLScriptElement | HTMLLinkElement;

/** Longest time between a refusal by policy and the news of it, in milliseconds. */
const policyNewsDelay = 50;

/**
 * Waits until a tag has loaded, or says why it will not: by its own events, or when `time` runs out. Settled
 * exactly once; listeners never outlive it.
 */
export function settle(tag: Tag, url: string, time: number, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const document = tag.ownerDocument;
    let refused = false;
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      tag.removeEventListener('load', onLoad);
      tag.removeEventListener('error', onError);
      document.removeEventListener('securitypolicyviolation', onViolation);
      finish();
    };
    const fail = (code: LoadError['code'], cause?: unknown): void =>
      end(() => reject(new LoadError(code, url, { cause })));
    const onLoad = (): void => end(resolve);
    const onError = (): void => {
      const code = document.defaultView?.navigator.onLine === false ? 'offline' : 'load-failed';
      clearTimeout(timer);
      timer = setTimeout(() => fail(refused ? 'blocked' : code), refused ? 0 : policyNewsDelay);
    };
    const onViolation = (event: SecurityPolicyViolationEvent): void => {
      if (event.disposition === 'enforce' && concerns(event.blockedURI, url)) refused = true;
    };
    let timer = setTimeout(() => fail('timeout'), time);
    tag.addEventListener('load', onLoad);
    tag.addEventListener('error', onError);
    document.addEventListener('securitypolicyviolation', onViolation);
    try {
      begin();
    } catch (error) {
      fail('blocked', error); // Trusted Types refuse the URL itself
    }
  });
}

/** Browsers report the blocked URL in full, without its query, or by origin alone after a redirect. */
function concerns(blocked: string, url: string): boolean {
  if (blocked === url) return true;
  const wanted = new URL(url);
  return blocked === wanted.origin + wanted.pathname || blocked === wanted.origin;
}

/** Sets what the page asks for on a new tag. */
export function dress(tag: Tag, { nonce, integrity, crossOrigin }: LoadOptions): void {
  if (nonce) tag.nonce = nonce;
  if (integrity) tag.integrity = integrity;
  if (crossOrigin || integrity) tag.crossOrigin = crossOrigin ?? 'anonymous';
}

/** The URL with a mark that takes it past caches which keep a failure. */
export function changedUrl(url: string, attempt: number): string {
  if (attempt === 0) return url;
  const changed = new URL(url);
  changed.searchParams.set('b131-try', `${attempt}-${Date.now().toString(36)}`);
  return changed.href;
}
