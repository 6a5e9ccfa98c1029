import type { Clock } from '../time/clock.js';
import type { Journal, SandboxEvent } from './journal.js';

const HEARTBEAT_MS = 15_000;

/** Open event streams of the desk, so that they can be ended with the sandbox. */
export interface Streams {
  /** A `text/event-stream` answer: what is remembered after event `after`, then all that follows. */
  open(after: number): Response;
  close(): void;
}

export function createStreams(journal: Journal, clock: Clock): Streams {
  const endings = new Set<() => void>();

  function body(after: number): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    let end = () => {};
    return new ReadableStream({
      start(controller) {
        const write = (text: string) => controller.enqueue(encoder.encode(text));
        const stopHeartbeat = repeat(clock, HEARTBEAT_MS, () => write(': still here\n\n'));
        const stopListening = journal.on((event) => write(frame(event)));
        end = () => {
          stopHeartbeat();
          stopListening();
          endings.delete(finish);
        };
        const finish = () => {
          end();
          controller.close();
        };
        endings.add(finish);
        write(': sandbox events\n\n');
        for (const event of journal.since(after)) write(frame(event));
      },
      cancel: () => end(),
    });
  }

  return {
    open: (after) =>
      new Response(body(after), {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
      }),
    close() {
      for (const finish of [...endings]) finish();
    },
  };
}

function frame(event: SandboxEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}

function repeat(clock: Clock, ms: number, fn: () => void): () => void {
  let timer = clock.setTimeout(function again() {
    fn();
    timer = clock.setTimeout(again, ms);
  }, ms);
  return () => clock.clearTimeout(timer);
}
