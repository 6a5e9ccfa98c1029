/**
 * Reads a request's body to its end, or gives null as soon as it is longer than `limit` bytes. What is left is left unread
 * and not cancelled: cancelling would cut the connection before the answer is sent.
 */
export function readRequest(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = request.headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length)
    ? readDeclared(request, Number(length), limit)
    : readLimited(request.body, limit);
}

/** HTTP holds a body to the length that its header says, and whole it is read for a fraction of what a stream costs. */
async function readDeclared(
  request: Request,
  length: number,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (length > limit) return null;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length > limit ? null : bytes;
}

/** Reads a stream to its end, or gives null as soon as it is longer than `limit` bytes. */
export async function readLimited(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > limit) return null;
      chunks.push(part.value);
    }
  } finally {
    reader.releaseLock();
  }
  return join(chunks, length);
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
