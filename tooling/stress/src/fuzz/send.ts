import { Agent, request as httpRequest } from 'node:http';
import type { Answer } from './judge.ts';
import type { BadRequest } from './requests.ts';

/** Nothing came for this long: the server hangs. An event stream is left as soon as it has begun. */
const patience = 20_000;

/** Sends requests over connections that are kept. */
export function createSender(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);

  function send({ method, path, headers, body }: BadRequest): Promise<Answer | 'hangs'> {
    return new Promise((resolve, reject) => {
      // A server may answer and hang up before it has read all of a body that it refuses.
      const hungUp = (error: Error & { code?: string }) => {
        if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
          resolve({ status: 400, headers: '', text: '' });
        else reject(error);
      };
      const sent = httpRequest(
        { agent, hostname, port, method, path, headers, setHost: true },
        (response) => {
          const told = JSON.stringify(response.rawHeaders);
          const status = response.statusCode ?? 0;
          const done = (text: string) => resolve({ status, headers: told, text });
          if (response.headers['content-type']?.startsWith('text/event-stream')) {
            response.destroy();
            return done('');
          }
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => done(Buffer.concat(chunks).toString()));
          response.on('error', hungUp);
          return undefined;
        },
      );
      sent.setTimeout(patience, () => {
        resolve('hangs');
        sent.destroy();
      });
      sent.on('error', hungUp);
      if (body === null) sent.end();
      else sent.end(body);
    });
  }

  return { send, close: () => agent.destroy() };
}
