const key = Symbol.for('b131.streams');

interface Holder {
  [key]?: Set<string>;
}

/**
 * Takes the one status stream that a document may hold open to an endpoint: over HTTP/1.1 a browser opens six
 * connections to a host, and streams would starve the page. Returns the release, or null when it is taken (the
 * caller then asks from time to time instead).
 */
export function takeStream(document: Document & Holder, endpoint: string): (() => void) | null {
  document[key] ??= new Set();
  const taken = document[key];
  if (taken.has(endpoint)) return null;
  taken.add(endpoint);
  return () => taken.delete(endpoint);
}
