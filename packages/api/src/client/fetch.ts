/**
 * What the client needs of a `fetch`: the platform's own fits, and so does one of yours with another HTTP client behind
 * it. It does not follow redirects, never sends again by itself, and rejects when there is no answer; the system's code
 * then stands in the error's `cause`, as with the platform's: `ECONNREFUSED` and `ENOTFOUND` count as "not sent".
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** How a request is sent. */
export interface FetchInit {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly redirect: 'manual';
  /** Ends the exchange, wherever it is. */
  readonly signal: AbortSignal;
}

/** What is read of an answer. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Null when there is none. */
  readonly body: { getReader(): BodyReader } | null;
}

/** Gives a body bit by bit; rejects when it breaks off. */
export interface BodyReader {
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value?: Uint8Array | undefined }>;
  /** Nothing more is wanted. */
  cancel(): Promise<void>;
}
