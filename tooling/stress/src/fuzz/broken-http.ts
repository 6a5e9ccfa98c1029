import { connect } from 'node:net';
import fc from 'fast-check';

const right = (path: string, extra = '', body = '') =>
  `POST ${path} HTTP/1.1\r\nHost: bff.test\r\nContent-Type: application/json\r\n${extra}\r\n${body}`;
const long = 'x'.repeat(40_000);

/** Bytes that are no HTTP, or only nearly: what is in the books on smuggling and flooding, and damage of our own. */
const famous: readonly string[] = [
  '\r\n\r\n\r\n',
  '\u0000\u0001\u0002',
  'GET\r\n\r\n',
  'GET /health\r\n\r\n',
  'get /health HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /health HTTP/9.9\r\nHost: x\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET //evil.example/payouts HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  'GET http:// HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /health HTTP/1.1\r\n\r\n',
  'GET /health HTTP/1.1\r\nHost: \r\n\r\n',
  'GET /health HTTP/1.1\r\nHost: a b c\r\n\r\n',
  'GET /health HTTP/1.1\r\nHost: x:99999999\r\n\r\n',
  'GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
  'GET /health HTTP/1.1\r\nHost: [::1\r\n\r\n',
  'GET /he%ZZalth%00 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /payouts/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n',
  `GET /${long} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET /health HTTP/1.1\r\nHost: x\r\nA: ${long}\r\n\r\n`,
  `GET /health HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5000)}\r\n`,
  'GET /health HTTP/1.1\r\nHost: x\r\nA: b\r\n folded\r\n\r\n',
  'GET /health HTTP/1.1\nHost: x\n\n',
  'GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
  'TRACE /health HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  right('/payouts', 'Content-Length: -1\r\n'),
  right('/payouts', 'Content-Length: 1e3\r\n', '{}'),
  right('/payouts', 'Content-Length: 2\r\nContent-Length: 3\r\n', '{}x'),
  right('/payouts', 'Content-Length: 99999999999999999999\r\n', '{}'),
  right(
    '/payouts',
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
    '0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n',
  ),
  right('/payouts', 'Transfer-Encoding: chunked\r\n', 'ZZ\r\n{}\r\n0\r\n\r\n'),
  right('/payouts', 'Transfer-Encoding: chunked\r\n', 'FFFFFFFFFFFFFFFFFF\r\n{}'),
  right('/payouts', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'),
  right('/payouts', 'Transfer-Encoding: xchunked\r\n', '{}'),
  right('/payouts', 'Content-Length: 100\r\n', '{"token":'),
  right('/webhooks/bank131', 'Content-Length: 10\r\nX-PARTNER-SIGN: x\r\n', '{}'),
  right('/payouts', 'Expect: 100-continue\r\nContent-Length: 2\r\n', '{}'),
  right('/payouts', 'Expect: a-miracle\r\nContent-Length: 2\r\n', '{}'),
  right('/payouts', 'Content-Length: 2\r\nContent-Encoding: gzip\r\n', '{}'),
  right('/health', 'Content-Length: 0\r\n').repeat(30),
];

/** Bytes to write to a socket; of a damaged request some are others than they were. */
export const brokenHttp: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...famous).map((text) => Buffer.from(text, 'latin1')) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...famous.filter((text) => text.length < 1000)),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      )
      .map(([text, damages]) => {
        const bytes = Buffer.from(text, 'latin1');
        for (const [at, byte] of damages) bytes[at % bytes.length] = byte;
        return bytes;
      }),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
);

const patience = 20_000;

/** Writes the bytes, says that no more will come, and reads what comes back until the server hangs up. */
export async function sendBytes(url: string, bytes: Buffer): Promise<string | 'hangs'> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let heard = '';
  let hangs = false;
  socket.setTimeout(patience, () => {
    hangs = true;
    socket.destroy();
  });
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
  });
  // A server that hangs up on bytes it does not understand may do so while we write.
  socket.on('error', () => undefined);
  // Not `once` of node:events, which takes that error for its own.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end(bytes);
  await closed;
  return hangs ? 'hangs' : heard;
}
