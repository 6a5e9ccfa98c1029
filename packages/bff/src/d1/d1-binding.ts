/** What the store needs of a D1 binding (`env.DB`); Cloudflare's `D1Database` is one. */
export interface D1Binding {
  prepare(sql: string): D1Prepared;
  /** Runs the statements in one transaction. */
  batch(statements: D1Prepared[]): Promise<unknown>;
}

/** A statement of a {@link D1Binding}. */
export interface D1Prepared {
  bind(...values: unknown[]): D1Prepared;
  all(): Promise<{ results: unknown[] }>;
}
