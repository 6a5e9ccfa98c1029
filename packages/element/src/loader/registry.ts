const key = Symbol.for('b131.loads');

/** Waits for a load as one of its callers; null when it counts no more. */
type Join = (signal?: AbortSignal) => Promise<void> | null;

interface Holder {
  [key]?: Map<string, Join>;
}

/**
 * One load per URL and document, shared by every copy of this module. One that has failed, or whose work is `undone`
 * (the global was removed), is begun `again` by the next caller. When the last of those who wait has left, the load
 * is given up: `begin`'s signal ends it.
 */
export function shared(
  document: Document & Holder,
  url: string,
  signal: AbortSignal | undefined,
  undone: () => boolean,
  begin: (again: boolean, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  document[key] ??= new Map();
  const loads = document[key];
  const known = loads.get(url);
  const joined = known?.(signal);
  if (joined) return joined;

  const stop = new AbortController();
  let waiting = 0;
  let over: (() => boolean) | undefined;
  const work = begin(!!known, stop.signal);
  work.then(
    () => {
      over = undone;
    },
    () => {
      over = () => true;
    },
  );
  const wait = (until?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(until?.reason);
        if (--waiting) return;
        loads.delete(url);
        stop.abort();
      };
      waiting++;
      until?.addEventListener('abort', leave);
      work.then(resolve, reject).finally(() => until?.removeEventListener('abort', leave));
    });
  loads.set(url, (until) => (over?.() ? null : wait(until)));
  return wait(signal);
}
