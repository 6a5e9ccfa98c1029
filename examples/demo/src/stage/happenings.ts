/** What the panel is told, from three sources: the sandbox bank, the BFF, this page. Nothing here is secret. */
import type { BffEvent } from '@b131/bff';
import type { SandboxEvent } from '@b131/sandbox';

/** A call that the BFF answered; `from` tells the page's calls from those of the shop's server. */
export interface CallEvent {
  type: 'page.called';
  from: 'page' | 'shop';
  method: string;
  path: string;
  status: number;
  code: string | null;
  durationMs: number;
}

export type BffHappening = { id: string; at: string } & (CallEvent | BffEvent);

/** What the page did or heard. */
export type PageEvent =
  | { type: 'ticket' }
  | { type: 'b131-ready' }
  | { type: 'b131-token'; masked: string | null }
  | { type: 'b131-status'; status: string; version: number }
  | { type: 'b131-success' }
  | { type: 'b131-failure'; code: string }
  | { type: 'b131-error'; code: string }
  | { type: 'bff.killed' }
  | { type: 'bff.back' }
  | { type: 'webhooks'; on: boolean };

export type Happening =
  | { source: 'bank'; id: string; at: number; event: SandboxEvent }
  | { source: 'bff'; id: string; at: number; event: BffHappening }
  | { source: 'page'; id: string; at: number; event: PageEvent };

/** All that happened, in order of time, each once. */
export interface Chronicle {
  add(happening: Happening): void;
  all(): readonly Happening[];
}

export function createChronicle(changed: () => void): Chronicle {
  const known = new Set<string>();
  const happenings: Happening[] = [];
  return {
    add(happening) {
      const key = `${happening.source}:${happening.id}`;
      if (known.has(key)) return;
      known.add(key);
      // Mostly it belongs at the end; three clocks of one computer agree to the millisecond.
      const index = happenings.findLastIndex(({ at }) => at <= happening.at) + 1;
      happenings.splice(index, 0, happening);
      changed();
    },
    all: () => happenings,
  };
}
