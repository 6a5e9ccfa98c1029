import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address at the other end of the connection: the caller's, where no proxy stands between. */
export function socketAddress(c: Context): string | null {
  return getConnInfo(c).remote.address ?? null;
}
