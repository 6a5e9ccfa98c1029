/** Listens to the bank and the BFF, and remembers across a reload what this page did. */
import type { SandboxEvent } from '@b131/sandbox';
import type { Config } from '../server.ts';
import type { BffHappening, Chronicle, PageEvent } from './happenings.ts';

export interface Witness {
  /** Something the page did or heard. */
  saw(event: PageEvent): void;
}

export function listen(
  { sandbox, bffEvents, run }: Config,
  chronicle: Chronicle,
  returned: () => void,
): Witness {
  const bank = new EventSource(`${sandbox}/sandbox/events`);
  bank.addEventListener('message', ({ data }) => {
    const event: SandboxEvent = JSON.parse(data);
    chronicle.add({ source: 'bank', id: String(event.id), at: Date.parse(event.at), event });
  });

  const { saw } = remember(run, chronicle);
  let wasAway = false;
  const bff = new EventSource(bffEvents);
  bff.addEventListener('message', ({ data }) => {
    const event: BffHappening = JSON.parse(data);
    if (event.type === 'payout.changed' && event.to === 'returned') returned();
    chronicle.add({ source: 'bff', id: event.id, at: Date.parse(event.at), event });
  });
  bff.addEventListener('error', () => {
    wasAway = true;
  });
  bff.addEventListener('open', () => {
    if (wasAway) saw({ type: 'bff.back' });
    wasAway = false;
  });
  return { saw };
}

/** Of each run of the demo; it holds events' names, never a ticket or a token. */
function remember(run: string, chronicle: Chronicle): Witness {
  const kept = `rover-seen-${run}`;
  const seen: { id: string; at: number; event: PageEvent }[] = JSON.parse(
    sessionStorage.getItem(kept) ?? '[]',
  );
  for (const one of seen) chronicle.add({ source: 'page', ...one });
  return {
    saw(event) {
      const one = { id: crypto.randomUUID(), at: Date.now(), event };
      seen.push(one);
      sessionStorage.setItem(kept, JSON.stringify(seen.slice(-200)));
      chronicle.add({ source: 'page', ...one });
    },
  };
}
