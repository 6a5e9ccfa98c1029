import type { Statement } from '../store/store.js';
import { changedBy, type Watchers } from '../store/watchers.js';
import type { Connections } from './connections.js';

const channel = 'b131_payouts';

/** Tells other processes which payouts changed, by NOTIFY, and hears it from them. */
export interface ChangeNotices {
  /** Tells the others of a committed batch; nobody waits for it. */
  send(statements: readonly Statement[]): void;
  /** From now on the watchers hear of what others changed. */
  listen(): void;
}

/**
 * A notice is sent after the commit and by itself, not in its transaction: Postgres lets only one transaction at a time
 * commit a NOTIFY, and the payouts' own commits need not queue for that. One that is lost costs a moment: streams poll.
 */
export function createChangeNotices(connections: Connections, watchers: Watchers): ChangeNotices {
  const self = crypto.randomUUID();
  const unsent = new Set<string>();
  let sending = false;

  async function sendAll(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      while (unsent.size > 0) {
        const payoutIds = JSON.stringify([...unsent]);
        unsent.clear();
        const notify = `SELECT pg_notify('${channel}', CAST(? AS TEXT) || ' ' || id)
          FROM json_array_elements_text(CAST(CAST(? AS TEXT) AS JSON)) AS ids (id)`;
        await connections.run({ sql: notify, parameters: [self, payoutIds] });
      }
    } catch {
      // The others will see it when they poll.
    } finally {
      sending = false;
    }
  }

  return {
    send(statements) {
      for (const payoutId of changedBy(statements)) unsent.add(payoutId);
      if (unsent.size > 0) void sendAll();
    },
    listen() {
      connections.listen(channel, (payload) => {
        const [sender, payoutId] = payload.split(' ');
        // What this process changed itself, its watchers know already.
        if (sender !== self && payoutId !== undefined) watchers.tellOf(payoutId);
      });
    },
  };
}
