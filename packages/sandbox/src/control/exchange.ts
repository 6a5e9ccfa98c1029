import { hideBodySecrets, hideHeaderSecrets } from './secrets.js';

/** One side of an HTTP exchange, as it went over the wire. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** A call of the bank's API with its answer, or a webhook with what its receiver said. Holds secrets. */
export interface Exchange {
  readonly request: Message & { readonly verb: string; readonly url: string };
  /** Absent: there was no answer. */
  readonly answer?: Message & { readonly httpStatus: number };
  /** How long it took, by the sandbox's clock. */
  readonly ms: number;
}

/** A message as the desk may see it: secrets shortened. */
export interface MessageView {
  readonly headers: Readonly<Record<string, string>>;
  /** The text as it was sent, not formatted anew. */
  readonly body: string;
  /** Length of the body in bytes. */
  readonly bytes: number;
  /** There is more of the body than is shown. */
  readonly cut: boolean;
}

/** An exchange as the desk may see it. */
export interface ExchangeView {
  readonly request: MessageView & { readonly verb: string; readonly url: string };
  readonly answer: (MessageView & { readonly httpStatus: number }) | null;
  readonly ms: number;
}

const SHOWN = 32 * 1024;

/** Shortens the secrets of an exchange. Done when somebody looks: recording must cost a simulator nothing. */
export function showExchange({ request, answer, ms }: Exchange): ExchangeView {
  return {
    ms,
    request: { verb: request.verb, url: request.url, ...showMessage(request) },
    answer: answer ? { httpStatus: answer.httpStatus, ...showMessage(answer) } : null,
  };
}

function showMessage({ headers, body }: Message): MessageView {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const text = hideBodySecrets(new TextDecoder().decode(bytes));
  return {
    headers: hideHeaderSecrets(headers),
    body: text.slice(0, SHOWN),
    bytes: bytes.length,
    cut: text.length > SHOWN,
  };
}
