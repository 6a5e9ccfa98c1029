/** What is needed to notice that a form has grown old. Times are milliseconds. */
export interface AgeOptions {
  readonly document: Document;
  /** When its public token was issued. */
  readonly since: number;
  readonly lifetime: number;
  touched(): boolean;
  stale(): void;
  readonly signal: AbortSignal;
}

/** People leave tabs open for days: coming back to one, an old token is replaced before anything is typed. */
export function watchAge({ document, since, lifetime, touched, stale, signal }: AgeOptions): void {
  const look = (): void => {
    const old = Date.now() - since > lifetime;
    if (old && document.visibilityState === 'visible' && !touched()) stale();
  };
  document.addEventListener('visibilitychange', look, { signal });
}
