import { LoadError, type LoadErrorCode } from './errors.js';
import type { Tag } from './insert.js';

/** Longest time between what happens to a tag and the last event about it, in milliseconds. */
export const newsDelay = 100;

/** What a tag loads. */
export function urlOf(tag: Tag): string {
  return 'src' in tag ? tag.src : tag.href;
}

/**
 * Waits until a tag has loaded, or says why it will not: by its own events, when `time` runs out, or when `signal`
 * is aborted. Listeners never outlive it.
 */
export function settle(tag: Tag, time: number, signal: AbortSignal, begin?: () => void): Promise<void> {
  const ended = new AbortController();
  const until = { signal: ended.signal };
  let timer: ReturnType<typeof setTimeout>;
  return new Promise<void>((resolve, reject) => {
    let refused = false;
    const fail = (code: LoadErrorCode): void => reject(new LoadError(code, urlOf(tag)));
    const sayWhy = (): void => fail(refused ? 'blocked' : navigator.onLine ? 'load-failed' : 'offline');
    const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent): void => {
      // In full, or by origin alone after a redirect.
      refused ||= disposition === 'enforce' && urlOf(tag).startsWith(blockedURI);
    };
    tag.addEventListener('load', () => resolve(), until);
    tag.addEventListener('error', () => setTimeout(sayWhy, newsDelay), until);
    tag.ownerDocument.addEventListener('securitypolicyviolation', onViolation, until);
    signal.addEventListener('abort', () => reject(signal.reason), until);
    timer = setTimeout(fail, time, 'timeout');
    try {
      begin?.();
    } catch {
      fail('blocked'); // Trusted Types refuse the URL itself
    }
  }).finally(() => {
    clearTimeout(timer);
    ended.abort();
  });
}
