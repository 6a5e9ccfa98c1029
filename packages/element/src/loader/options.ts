/** How a script or style is loaded. Times are milliseconds. */
export interface LoadOptions {
  readonly url: string;
  /** Longest wait of all tries together. Default 15000. */
  readonly deadline?: number;
  /** How often it is tried at most. Default 3. */
  readonly attempts?: number;
  /** Ends this caller's wait; other callers' load goes on. */
  readonly signal?: AbortSignal;
  readonly nonce?: string;
  readonly integrity?: string;
  readonly crossOrigin?: 'anonymous' | 'use-credentials';
  /** Default: the global document. */
  readonly document?: Document;
}
