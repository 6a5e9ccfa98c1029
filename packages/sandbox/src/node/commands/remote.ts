import { CommandError, readUrl } from './command.js';

/** A sandbox that runs, by its control API. */
export interface Remote {
  readonly url: string;
  /** @throws CommandError with the sandbox's own words */
  ask<T>(path: string, body?: unknown, verb?: string): Promise<T>;
  /** The event stream from now on. */
  events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

const USUAL = 'http://127.0.0.1:4131';

/** `--url`, or `B131_SANDBOX_URL`, or where a sandbox listens when nobody says otherwise. */
export function remote(given: string | undefined): Remote {
  const url = readUrl(given ?? process.env.B131_SANDBOX_URL ?? USUAL, '--url').replace(/\/+$/, '');

  async function reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${url}/sandbox/${path}`, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new CommandError(
        `No sandbox answers at ${url}. Start one with b131-sandbox, or name another with --url.`,
      );
    }
  }

  return {
    url,
    async ask(path, body, verb = body === undefined ? 'GET' : 'POST') {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await reach(path, { method: verb, ...sent });
      const answer = await response.json().catch(() => undefined);
      if (!response.ok) throw new CommandError(reasonOf(answer, response.status));
      return answer;
    },
    async events(signal) {
      const response = await reach('events?after=now', { signal });
      if (!response.body) throw new CommandError(`${url} is no sandbox of this kind: it tells no events.`);
      return response.body;
    },
  };
}

function reasonOf(answer: unknown, httpStatus: number): string {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  const said = typeof error === 'object' && error !== null && 'description' in error ? error.description : '';
  return typeof said === 'string' && said !== '' ? said : `The sandbox answered HTTP ${httpStatus}.`;
}

/** Events out of an event stream, one by one. */
export async function* eventsOf<T>(stream: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const data = frame.split('\n').find((line) => line.startsWith('data: '));
      if (data) yield JSON.parse(data.slice('data: '.length));
    }
  }
}
