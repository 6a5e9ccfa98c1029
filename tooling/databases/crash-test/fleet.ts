import { setTimeout as sleep } from 'node:timers/promises';
import { type Started, startProcess } from './processes.ts';
import type { ReplicaNeeds } from './replica-process.ts';

/** The replicas, each started again as soon as it has died. */
export interface Fleet {
  /** Where those that live answer. */
  living(): readonly string[];
  /** True when all of them live. */
  isWhole(): boolean;
  /** SIGKILL, now; false when that one is dead already. A replica that is still starting can be killed as well. */
  kill(replica: number): boolean;
  /** Stops it in its tracks; false when there is nothing to stop. It still counts as alive. */
  freeze(replica: number): boolean;
  /** Lets it go on, if it has not been killed. */
  thaw(replica: number): void;
  /** Replicas that can be killed just now. */
  victims(): number[];
  /** Lets every replica finish what it does and end; whatever does not is killed and told of. */
  close(): Promise<void>;
  /** Kills all of them, for good. */
  abandon(): Promise<void>;
  /** Deaths that nobody wanted, with the last words. */
  readonly oddities: readonly string[];
}

export interface FleetOptions {
  replicas: number;
  needs: (replica: number) => ReplicaNeeds;
}

interface Slot {
  process: Started | null;
  url: string | null;
  killed: boolean;
}

const longestGoodbye = 20_000;

export function launchFleet({ replicas, needs }: FleetOptions): Fleet {
  const slots = Array.from({ length: replicas }, (): Slot => ({ process: null, url: null, killed: false }));
  const oddities: string[] = [];
  let closing = false;
  const running = slots.map(keepAlive);

  return {
    living: () => slots.flatMap(({ url }) => (url === null ? [] : [url])),
    isWhole: () => slots.every(({ url }) => url !== null),
    kill,
    freeze(replica) {
      const { process = null, url = null } = slots[replica] ?? {};
      if (url !== null) process?.signal('SIGSTOP');
      return url !== null;
    },
    thaw: (replica) => slots[replica]?.process?.signal('SIGCONT'),
    victims: () => slots.flatMap(({ process, killed }, replica) => (process && !killed ? [replica] : [])),
    close,
    async abandon() {
      closing = true;
      for (const replica of slots.keys()) kill(replica);
      await Promise.all(running);
    },
    oddities,
  };

  async function keepAlive(slot: Slot, replica: number): Promise<void> {
    while (!closing) {
      const started = startProcess('replica-process.ts', needs(replica));
      Object.assign(slot, { process: started, killed: false });
      started.listening.then(
        (url) => {
          if (slot.process === started && !slot.killed) slot.url = url;
        },
        () => undefined,
      );
      const exit = await started.exited;
      Object.assign(slot, { process: null, url: null });
      if (slot.killed || (closing && exit.code === 0)) continue;
      await sleep(500);
      oddities.push(`replica ${replica} ended of itself (${JSON.stringify(exit)}): ${started.lastWords()}`);
    }
  }

  function kill(replica: number): boolean {
    const slot = slots[replica];
    if (!slot?.process || slot.killed) return false;
    Object.assign(slot, { killed: true, url: null });
    slot.process.signal('SIGKILL');
    return true;
  }

  async function close(): Promise<void> {
    closing = true;
    for (const [replica, { process, url }] of slots.entries()) {
      // Whoever is still starting has nothing to finish, and cannot yet be asked.
      if (url === null) kill(replica);
      else process?.signal('SIGTERM');
    }
    const force = setTimeout(() => {
      for (const [replica, { process, killed }] of slots.entries()) {
        if (!process || killed) continue;
        oddities.push(`replica ${replica} did not end when it was asked to: ${process.lastWords()}`);
        kill(replica);
      }
    }, longestGoodbye);
    await Promise.all(running);
    clearTimeout(force);
  }
}
