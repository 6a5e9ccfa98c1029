import { createServer, type Server } from 'node:http';
import { answerBff, cors, notePreflight } from './bff.ts';
import { answerPage } from './pages.ts';
import { answerWidget } from './widget.ts';

/** A running fake of the bank's widget host and the merchant's backend, on one origin that is not the page's. */
export interface FakeServer {
  readonly origin: string;
  close(): Promise<void>;
}

const answers = new Map([
  ['widget', answerWidget],
  ['pages', answerPage],
  ['bundles', answerPage],
]);

/** Starts the fake on a free port. */
export async function startFakeServer(): Promise<FakeServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (request.method === 'OPTIONS') {
      notePreflight(url);
      return void response.writeHead(204, cors).end();
    }
    const [, first = ''] = url.pathname.split('/');
    const answer = answers.get(first) ?? answerBff;
    answer(request, response, url).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: originOf(server), close: () => close(server) };
}

function originOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The fake server has no port');
  return `http://127.0.0.1:${address.port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
