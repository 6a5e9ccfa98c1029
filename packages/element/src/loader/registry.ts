const key = Symbol.for('b131.loads');

interface Load {
  /** The load under way or done; gone after a failure. */
  load?: Promise<void>;
  /** The load has succeeded. */
  done?: boolean;
  /** How many loads were begun: a later one changes the URL. */
  begun: number;
}

interface Holder {
  [key]?: Map<string, Load>;
}

/**
 * One load per URL and document, shared by every copy of this module. A failed load is forgotten, so that the
 * next caller tries afresh; `load(begun)` is told how many came before it. So is one that succeeded and whose
 * work has since been `undone` (the global was removed).
 */
export function shared(
  document: Document & Holder,
  url: string,
  load: (begun: number) => Promise<void>,
  undone: () => boolean = () => false,
): Promise<void> {
  document[key] ??= new Map();
  const records = document[key];
  const record = records.get(url) ?? { begun: 0 };
  records.set(url, record);
  if (record.load && !(record.done && undone())) return record.load;
  const promise = load(record.begun++);
  record.load = promise;
  record.done = false;
  promise.then(
    () => {
      record.done = true;
    },
    () => {
      delete record.load;
    },
  );
  return promise;
}

/** The promise, or the signal's reason as soon as it is aborted. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
