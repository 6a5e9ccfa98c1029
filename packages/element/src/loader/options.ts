/** How a script or style is loaded. Times are milliseconds. */
export interface LoadOptions {
  readonly url: string;
  /** Longest wait, all tries and the page's own tag included. Default 15000. */
  readonly deadline?: number;
  /** How often it is tried at most. Default 3. */
  readonly attempts?: number;
  /** Ends this caller's wait. When nobody waits any more, the load is given up and its tag taken away. */
  readonly signal?: AbortSignal;
  /** Default: the nonce of the page's own scripts, where it has one. */
  readonly nonce?: string;
  /** Subresource integrity, e.g. `sha384-…`; wants `crossOrigin`, which is then `anonymous` by default. */
  readonly integrity?: string;
  readonly crossOrigin?: 'anonymous' | 'use-credentials';
  /** Default: the global document. */
  readonly document?: Document;
}
