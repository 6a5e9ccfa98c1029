import type { SandboxEvent } from '../../control/journal.js';

/** When a thing began, ms since 1970. A call and a webhook are written down only when they have been answered. */
export function startOf(event: SandboxEvent): number {
  const took = event.kind === 'request' || event.kind === 'webhook' ? event.ms : 0;
  return Date.parse(event.at) - took;
}

/** Events by their beginning, so that a cause stands before what it caused. */
export function chronological(events: readonly SandboxEvent[]): SandboxEvent[] {
  return events.toSorted(
    (one, other) => startOf(one) - startOf(other) || rank(one) - rank(other) || one.id - other.id,
  );
}

/** In the same millisecond: the call first that changed something, the webhook last that tells of it. */
function rank(event: SandboxEvent): number {
  if (event.kind === 'webhook') return 2;
  return event.kind === 'request' && event.method !== 'session/status' ? 0 : 1;
}
