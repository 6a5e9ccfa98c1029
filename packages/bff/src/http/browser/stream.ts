import type { PayoutDesk } from '../../payout/desk.js';
import { isFinal, type PayoutRecord } from '../../payout/payout.js';
import type { Clock } from '../../tickets/clock.js';
import type { Place } from '../admission/admission.js';
import { toPayoutView } from './payout-view.js';

export interface StreamOptions {
  desk: PayoutDesk;
  record: PayoutRecord;
  /** The version the reader has already. */
  after: number;
  /** Milliseconds between signs of life. */
  heartbeat: number;
  clock: Clock;
  /** Milliseconds after which the stream ends, whatever the status. */
  lifetime: number;
  /** The request's: aborts when the reader goes away. */
  signal: AbortSignal;
  onError: (error: unknown) => void;
  /** Taken while somebody reads. */
  place: Place;
}

const encoder = new TextEncoder();

/**
 * The payout's changes as server-sent events, until its status is final or the reader goes away.
 *
 * Everything happens in `pull`, which runs only when the reader has room: a slow reader is sent the newest state, not
 * a backlog, and a reader who left is not waited for.
 */
export function payoutStream(options: StreamOptions): ReadableStream<Uint8Array> {
  const { desk, heartbeat, clock } = options;
  const until = clock.now() + options.lifetime;
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, options.signal]);
  const { id } = options.record.payout;
  let after = options.after;
  let first: PayoutRecord | null = options.record;

  const next = async (): Promise<PayoutRecord | null> => {
    const given = first;
    first = null;
    return given ?? desk.changed(id, after, heartbeat, signal);
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    options.place.take();
    const record = await next();
    if (signal.aborted || !record || clock.now() >= until) return end(controller);
    const isNews = record.payout.version > after;
    if (isNews) after = record.payout.version;
    controller.enqueue(encoder.encode(isNews ? toEvent(record) : ': still here\n\n'));
    if (isFinal(record.payout.status)) end(controller);
  };

  return new ReadableStream(
    {
      async pull(controller) {
        try {
          await pull(controller);
        } catch (error) {
          // A clean end makes the reader come back with its cursor; there is nobody to tell an error to.
          options.onError(error);
          end(controller);
        }
      },
      cancel() {
        gone.abort();
        options.place.giveBack();
      },
    },
    // Nothing is asked of the desk before somebody reads.
    { highWaterMark: 0 },
  );
  function end(controller: ReadableStreamDefaultController<Uint8Array>) {
    options.place.giveBack();
    if (!gone.signal.aborted) controller.close();
  }
}

function toEvent(record: PayoutRecord): string {
  const view = toPayoutView(record);
  return `id: ${view.version}\nevent: payout\ndata: ${JSON.stringify(view)}\n\n`;
}
