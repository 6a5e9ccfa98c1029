import type { Context } from 'hono';

/** What stands behind `Bearer` in the request's `Authorization`; null when nothing does. */
export function bearer(c: Context): string | null {
  return /^bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null;
}
