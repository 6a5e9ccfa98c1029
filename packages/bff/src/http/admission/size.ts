import type { MiddlewareHandler } from 'hono';
import { Problem } from '../refusal/problem.js';

const longestUrl = 8 * 1024;
const largestHeaders = 16 * 1024;

/** Refuses what no caller of ours needs, before anything reads it; servers differ in how much they let through. */
export const refuseOversize: MiddlewareHandler = async (c, next) => {
  if (c.req.raw.url.length > longestUrl) throw new Problem('url_too_long');
  let size = 0;
  for (const [name, value] of c.req.raw.headers) size += name.length + value.length;
  if (size > largestHeaders) throw new Problem('headers_too_large');
  await next();
};
