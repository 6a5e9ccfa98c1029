import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createFakePayout, type FakePayout, type Line } from '../../dist/testing/index.js';

interface Context {
  readonly req: IncomingMessage;
  readonly path: string;
  readonly origin: string;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): void;
}

const fakes = new Map<string, FakePayout>();

/** Serves fakes as a dev server does: `/fake-payout/<script>/…`, one for each script. */
export async function serveFakePayouts(context: Context, next: () => Promise<void>): Promise<void> {
  const [, prefix, script = ''] = context.path.split('/');
  if (prefix !== 'fake-payout') return next();
  const lines: Line[] = JSON.parse(decodeURIComponent(script));
  const fake = fakes.get(script) ?? createFakePayout({ script: lines });
  fakes.set(script, fake);
  const { method = 'GET', headers, url = '' } = context.req;
  const response = await fake.handle(
    new Request(new URL(url, context.origin), {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(method === 'POST' ? { body: await text(context.req) } : {}),
    }),
  );
  if (response === null) return next();
  context.status = response.status;
  context.set(Object.fromEntries(response.headers));
  context.body = response.body && Readable.from(chunks(response.body));
}

async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
