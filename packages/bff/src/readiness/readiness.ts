import { type Bank131, KeyError } from '@b131/api';
import type { BffEvent, OnEvent } from '../events/events.js';
import type { ReadyReport } from '../http/platform/platform-routes.js';
import { ConfigurationError } from '../secrets/configuration-error.js';
import type { Store } from '../store/store.js';
import { StoreError } from '../store/store.js';
import type { TicketVerifier } from '../tickets/index.js';

export interface ReadinessOptions {
  store: Store;
  bank: Bank131;
  tickets: TicketVerifier;
}

type BankHealth = 'unknown' | 'ok' | 'degraded';

/**
 * Judges whether this process can serve. A store or a key that does not work is a no; a bank that does not answer is
 * told, but is no reason to take the process out of service, because payouts are recorded and wait.
 */
export function createReadiness({ store, bank, tickets }: ReadinessOptions) {
  let health: BankHealth = 'unknown';

  const onEvent: OnEvent = (event: BffEvent) => {
    if (event.type === 'bank.called') health = event.outcome === 'ok' ? 'ok' : 'degraded';
  };

  /** Rejects with what only whoever runs the BFF can mend; that keys cannot be downloaded just now is no such thing. */
  async function checkConfiguration(): Promise<void> {
    await bank.ready();
    await tickets.ready().catch((error: unknown) => {
      if (error instanceof ConfigurationError) throw error;
    });
  }

  async function ready(): Promise<ReadyReport> {
    const [storeCheck, keysCheck, ticketsCheck] = await Promise.all([
      outcome(() => store.ready()),
      outcome(() => bank.ready()),
      outcome(() => tickets.ready()),
    ]);
    const checks = { store: storeCheck, keys: keysCheck, tickets: ticketsCheck, bank: health };
    const fine = [storeCheck, keysCheck, ticketsCheck].every((check) => check === 'ok');
    return { status: fine ? 'ready' : 'not_ready', checks };
  }

  return { onEvent, ready, checkConfiguration };
}

/** `ok`, or what kind of thing is wrong; the messages name paths and options, so they stay on the server. */
async function outcome(check: () => Promise<void>): Promise<string> {
  try {
    await check();
    return 'ok';
  } catch (error) {
    if (error instanceof StoreError) return error.reason;
    if (error instanceof KeyError) return `${error.option}: ${error.reason}`;
    return error instanceof ConfigurationError ? `configuration: ${error.option}` : 'failed';
  }
}
