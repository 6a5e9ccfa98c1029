/**
 * Why a script or style could not be had.
 * `blocked`: the page's security policy forbids it. `offline`: the browser has no network. `timeout`: no answer
 * before the deadline. `load-failed`: the answer was an error (browsers do not tell which). `bad-script`: it was
 * loaded and does not offer what it should.
 */
export type LoadErrorCode = 'blocked' | 'offline' | 'timeout' | 'load-failed' | 'bad-script';

/** A script or style could not be had. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly code: LoadErrorCode;
  readonly url: string;

  constructor(code: LoadErrorCode, url: string) {
    super(`${code}: ${url}`);
    this.code = code;
    this.url = url;
  }
}
