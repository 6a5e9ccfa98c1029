import type { PayoutView } from './payout.js';
import { readPayout } from './read.js';

/** No byte for so long, heartbeats included (every 15 s), means that the connection is dead. */
const silence = 45_000;

/**
 * Reads a status stream (`text/event-stream`) to its end. Ends quietly when the server closes it, throws when
 * the connection breaks or falls silent. Events of other names and unreadable data are skipped.
 */
export async function* readPayouts(body: ReadableStream<Uint8Array>): AsyncGenerator<PayoutView> {
  let rest = '';
  for await (const text of chunks(body)) {
    const blocks = (rest + text).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const payout = readBlock(block);
      if (payout !== null) yield payout;
    }
  }
}

async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read());
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function withinSilence<T>(read: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const dead = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The status stream fell silent')), silence);
  });
  try {
    return await Promise.race([read, dead]);
  } finally {
    clearTimeout(timer);
  }
}

function readBlock(block: string): PayoutView | null {
  let name = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) name = line.slice(6).trim();
    if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
  }
  if (name !== 'payout' || data.length === 0) return null;
  try {
    return readPayout(JSON.parse(data.join('\n')));
  } catch {
    return null;
  }
}
