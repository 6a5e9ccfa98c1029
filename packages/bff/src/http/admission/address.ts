import type { Context } from 'hono';

/** The address a request comes from; null when it cannot be told, and then it is not counted. */
export type AddressOf = (c: Context) => string | null;

/**
 * The address as your own proxies tell it in `X-Forwarded-For`. Anybody can send that header, so it is read from the
 * right: `proxies` is how many of yours stand in a row before the BFF.
 *
 * @throws {RangeError} when that is no whole number above 0.
 */
export function forwardedAddress(proxies = 1): AddressOf {
  if (!Number.isInteger(proxies) || proxies < 1)
    throw new RangeError('forwardedAddress takes the number of your own proxies, 1 or more');
  return (c) => (c.req.header('x-forwarded-for') ?? '').split(',').at(-proxies)?.trim() || null;
}

/** The address as a platform's edge tells it in a header that it sets itself, such as `CF-Connecting-IP`. */
export function addressInHeader(name: string): AddressOf {
  return (c) => c.req.header(name)?.trim() || null;
}

/**
 * What is counted as one: an IPv4 address, or the network of an IPv6 address (a /64 is one customer's). Anything that
 * is no address is cut to a length that cannot fill the memory.
 */
export function counted(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? networkOf(address) : address.slice(0, 64);
}

function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...gap, ...right].slice(0, 4);
  return groups.map((group) => (group.replace(/^0+/, '') || '0').slice(0, 4)).join(':');
}
