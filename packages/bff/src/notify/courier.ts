import type { OnEvent } from '../events/events.js';
import type { Notice } from '../store/notice.js';
import type { Store } from '../store/store.js';
import type { NoticeSigner } from './signature.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits between tries; when they are used up, the notice is given up and an event says so. */
const waits = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
].concat(Array.from({ length: 4 }, () => 24 * hour));
/** How many tries' time a notice is left to the process that delivers it; so long is it held up by a crash. */
const triesInLease = 4;

export interface CourierOptions {
  scope: string;
  store: Store;
  url: string;
  signer: NoticeSigner;
  fetch: typeof fetch;
  /** Milliseconds one try may take. */
  timeout: number;
  clock: { now(): number };
  onEvent: OnEvent;
  owner: () => string;
}

/** Carries notices from the outbox to the merchant: each at least once, any 2xx is a receipt. */
export interface Courier {
  /** Delivers what is due; gives back how many were tried. */
  deliver(limit: number): Promise<number>;
}

export function createCourier({
  scope,
  store,
  url,
  signer,
  clock,
  onEvent,
  owner,
  ...options
}: CourierOptions): Courier {
  return {
    async deliver(limit) {
      const notices = await store.leaseNotices({
        scope,
        owner: owner(),
        ttl: triesInLease * options.timeout,
        limit,
      });
      await Promise.all(notices.map(tryOnce));
      return notices.length;
    },
  };

  async function tryOnce(notice: Notice): Promise<void> {
    const httpStatus = await post(notice);
    const tries = notice.tries + 1;
    const delivered = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
    const wait = waits[tries - 1];
    const now = clock.now();
    const dueAt = delivered || wait === undefined ? null : now + wait;
    await store.batch([
      {
        do: 'noticeTried',
        id: notice.id,
        tries,
        httpStatus,
        deliveredAt: delivered ? now : notice.deliveredAt,
        dueAt,
      },
    ]);
    const outcome = delivered ? 'delivered' : dueAt === null ? 'given_up' : 'will_retry';
    onEvent({
      type: 'notice.tried',
      payoutId: notice.payoutId,
      notice: notice.type,
      tries,
      httpStatus,
      outcome,
    });
  }

  async function post({ id, body }: Notice): Promise<number | null> {
    const timestamp = Math.floor(clock.now() / second);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': await signer.sign(id, timestamp, body),
    };
    try {
      const signal = AbortSignal.timeout(options.timeout);
      const response = await options.fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal,
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }
}
