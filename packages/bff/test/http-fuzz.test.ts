import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claims, harness, merchantKey, secret, shop, ticket } from './http-harness.js';

const paths = [
  '/payouts/current',
  '/public-tokens',
  '/payouts',
  '/payouts/pay_1',
  '/payouts/pay_1/events',
  '/payouts/pay_1/confirm',
  '/payouts/pay_1/cancel',
  '/health',
  '/ready',
];
const marker = 'S3CR3T-marker';
const visible = fc.stringMatching(/^[\x20-\x7e]{0,60}$/);
const withMarker = fc.oneof(
  visible,
  fc.constant(marker),
  visible.map((text) => `${marker}${text}`),
);
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 400 }),
  fc
    .dictionary(fc.constantFrom('token', 'numberHash', 'attempt', '__proto__', marker), fc.jsonValue())
    .map((o) => JSON.stringify(o)),
  withMarker.map((text) => JSON.stringify({ token: ` ${text}` })),
  fc.nat(3000).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
);

test('no body and no header brings an internal error or comes back', async () => {
  const bff = harness();
  const own = await ticket();
  const first = await bff.post('/payouts', own, { token: 'widget-token' });
  const { viewToken } = await first.json();
  const request = fc.record({
    path: fc.oneof(fc.constantFrom(...paths), fc.webPath()),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
    authorization: fc.oneof(
      fc.constantFrom('', `Bearer ${own}`, `Bearer ${viewToken}`, 'Bearer', `Bearer ${own.slice(0, -5)}`),
      withMarker.map((text) => `Bearer ${text}`),
      fc
        .tuple(withMarker, withMarker, withMarker)
        .map((parts) => `Bearer ${parts.map((part) => btoa(part)).join('.')}`),
      fc
        .jsonValue()
        .map((header) => `Bearer ${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`),
    ),
    type: fc.oneof({ weight: 3, arbitrary: fc.constant('application/json') }, withMarker),
    origin: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(shop, '') }, withMarker),
    cursor: withMarker,
    body,
  });

  await fc.assert(
    fc.asyncProperty(request, async ({ path, method, authorization, type, origin, cursor, body: sent }) => {
      const headers = new Headers({ 'last-event-id': cursor, 'x-partner-sign': cursor });
      for (const [name, value] of Object.entries({ authorization, 'content-type': type, origin })) {
        if (value) headers.set(name, value);
      }
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const init = { method, headers, ...(hasBody ? { body: sent as BodyInit } : {}) };
      const response = await bff.app.request(path, init);
      expect(response.status).toBeLessThan(500);
      const isStream = response.headers.get('content-type') === 'text/event-stream';
      if (isStream) return response.body?.cancel();
      const answer = await response.text();
      const told = `${answer} ${JSON.stringify([...response.headers])} ${JSON.stringify(bff.events)}`;
      for (const hidden of [marker, claims.full_name, secret, merchantKey.key, own])
        expect(told).not.toContain(hidden);
      return undefined;
    }),
    { numRuns: 500 },
  );
  expect(bff.errors).toEqual([]);
  expect(bff.desk.watchers()).toBe(0);
});
