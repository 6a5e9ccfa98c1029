const key = Symbol.for('b131.direct');

interface Lock {
  owner: object | null;
  readonly waiting: Set<() => void>;
}

interface Holder {
  [key]?: Lock;
}

function lockOf(document: Document & Holder): Lock {
  document[key] ??= { owner: null, waiting: new Set() };
  return document[key];
}

/** Takes the one place for a direct widget on this page. False when somebody else has it. */
export function takePlace(document: Document, owner: object): boolean {
  const lock = lockOf(document);
  if (lock.owner !== null && lock.owner !== owner) return false;
  lock.owner = owner;
  return true;
}

/** Gives the place back and tells those who wait for it. */
export function leavePlace(document: Document, owner: object): void {
  const lock = lockOf(document);
  if (lock.owner !== owner) return;
  lock.owner = null;
  for (const tell of [...lock.waiting]) tell();
}

/** Calls `tell` when the place may have become free, until `signal` is aborted. */
export function awaitPlace(document: Document, tell: () => void, signal: AbortSignal): void {
  const { waiting } = lockOf(document);
  waiting.add(tell);
  signal.addEventListener('abort', () => waiting.delete(tell), { once: true });
}
