import { memoryStore, type Statement, type Store, StoreError } from '../dist/index.js';
import { sqliteStore } from '../dist/node/index.js';
import type { Process } from './process.ts';
import { type Stage, strikes } from './stage.ts';

export type StoreName = 'memory' | 'sqlite';

/** The one store of all replicas, and their ways to it. */
export interface Database {
  /** The store itself, for those who look on: no delay, no fault. */
  readonly store: Store;
  /** The store as a process reaches it: slow, gone for a moment, or silent after it has committed. */
  reachedFrom(process: Process): Store;
  leap(ms: number): void;
}

export interface DatabaseOptions {
  stage: Stage;
  kind: StoreName;
  /** Told of every batch that was committed, by whom. */
  onCommit: (statements: readonly Statement[], by: string) => void;
}

export function createDatabase({ stage, kind, onCommit }: DatabaseOptions): Database {
  const { scheduler, trace } = stage;
  const { down, answerLost, slow } = stage.plan.faults.database;
  let offset = 0;
  const clock = { now: () => scheduler.now() + offset };
  const store = kind === 'memory' ? memoryStore({ clock }) : sqliteStore({ path: ':memory:', clock });

  function reachedFrom(process: Process): Store {
    const random = stage.random.fork(`database ${process.name}`);

    function delay(): number {
      if (strikes(stage, 'database slow', slow, random)) return random.between(100, 5000);
      return random.chance(0.4) ? random.between(1, 10) : 0;
    }

    function unavailable(kindOfFault: string): never {
      stage.disturbedAt = Math.max(stage.disturbedAt, scheduler.now());
      trace.say(process.name, kindOfFault);
      throw new StoreError('unavailable', kindOfFault);
    }

    async function call<T>(what: string, effect: () => Promise<T>): Promise<T> {
      if (strikes(stage, 'database down', down, random)) unavailable(`cannot reach the database: ${what}`);
      const result = await effect();
      if (strikes(stage, 'database answer lost', answerLost, random))
        unavailable(`no answer from the database: ${what}`);
      return result;
    }

    const through =
      <A extends unknown[], T>(what: string, method: (...args: A) => Promise<T>) =>
      (...args: A): Promise<T> =>
        process.across(`database.${what}`, () => call(what, () => method(...args)), {
          out: delay(),
          back: delay(),
        });

    return {
      batch: through('batch', async (statements) => {
        const result = await store.batch(statements);
        trace.say(process.name, `batch ${describe(statements)}: ${result.committed ? 'ok' : result.because}`);
        if (result.committed) onCommit(statements, process.name);
        return result;
      }),
      load: through('load', store.load),
      loadByRef: through('loadByRef', store.loadByRef),
      loadBySession: through('loadBySession', store.loadBySession),
      personal: through('personal', store.personal),
      journal: through('journal', store.journal),
      lease: through('lease', async (request) => {
        const leased = await store.lease(request);
        for (const { payout } of leased) trace.say(process.name, `leases ${payout.id} (${payout.status})`);
        return leased;
      }),
      renew: through('renew', store.renew),
      nextDue: through('nextDue', store.nextDue),
      list: through('list', store.list),
      leaseNotices: through('leaseNotices', store.leaseNotices),
      notices: through('notices', store.notices),
      listNotices: through('listNotices', store.listNotices),
      switchLog: through('switchLog', store.switchLog),
      ...(store.watch ? { watch: store.watch } : {}),
      ready: through('ready', store.ready),
      // A process that ends closes its connection, not the database.
      close: async () => {},
    };
  }

  return {
    store,
    reachedFrom,
    leap(ms) {
      trace.say('database', `its clock leaps by ${ms} ms`);
      offset += ms;
    },
  };
}

/** A batch in short, for the trace. */
function describe(statements: readonly Statement[]): string {
  const words = statements.map((statement) => {
    switch (statement.do) {
      case 'append': {
        const { payoutId, version, kind, from, to } = statement.entry;
        return `[${payoutId} v${version} ${kind} ${from ?? 'new'}→${to}]`;
      }
      case 'reschedule':
        return `reschedule(${statement.payoutId}, ${statement.dueAt === null ? 'never' : 'later'})`;
      case 'wake':
        return `wake(${statement.payoutId})`;
      default:
        return statement.do;
    }
  });
  return words.join(' ');
}
