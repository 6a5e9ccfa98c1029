import fc from 'fast-check';
import type { Credentials } from '../credentials.ts';
import type { FuzzedRoute } from './routes.ts';

/** One request, as it is to be sent. */
export interface BadRequest {
  route: FuzzedRoute;
  method: string;
  /** Path and query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | string | null;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'QUERY'];
/** What Node lets through in the value of a header. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 80,
});
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      -1,
      0,
      1e308,
      -0,
      2 ** 53,
      '',
      ' ',
      '\u0000',
      '40817810938160925982',
      '__proto__',
      'constructor',
    ],
    ...['$ne', "' OR 1=1 --", '../../etc/passwd', '%00', '\ud800', 'я'.repeat(300), 'x'.repeat(20_000)],
  ),
);

const foreignOrigins = ['null', 'https://evil.example', 'https://shop.example.evil.example', '*'];

/** Bodies that would be right, for the mutations to begin with. */
const rightBodies: readonly (readonly [RegExp, object])[] = [
  [/\/merchant\/payouts$/, order('a')],
  [/\/merchant\/payouts$/, { payouts: [order('b'), order('c')] }],
  [/\/resolve$/, { outcome: 'failed', evidence: 'statement 7', why: 'fuzz' }],
  [/\/operator\/pause$/, { start: false, why: 'fuzz' }],
  [/\/operator\/.*(confirm|cancel)$/, { why: 'fuzz' }],
  [/\/payouts\/\{id\}\/(confirm|cancel)$/, { attempt: 1 }],
  [/\/payouts$/, { token: 'fuzzed-token' }],
  [/webhooks/, { type: 'payment_finished', session: { id: 'ps_1' } }],
  [/./, {}],
];

function order(ref: string) {
  return {
    ...{ ref: `kept-${ref}`, subject: 'courier-9', amount: 100, currency: 'RUB', fullName: 'Petrov Petr' },
    ...{ description: 'Services', metadata: null, token: 'kept-token' },
  };
}

/** Requests that are wrong in one or in many ways, at this route; some are right, so that what follows is reached. */
export function badRequest(route: FuzzedRoute, given: Credentials): fc.Arbitrary<BadRequest> {
  const usually = <T>(usual: T, other: fc.Arbitrary<T>, weight = 3) =>
    fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
  const id = fc.oneof(
    fc.constantFrom(...given.payoutIds),
    fc.constantFrom('pay_none', '..', '%2e%2e', '%', '%ff', '%00', 'current', 'a'.repeat(3000), '*', ':id'),
    fc.webSegment(),
  );
  return fc
    .record({
      method: usually(route.method, fc.constantFrom(...methods), 8),
      id,
      suffix: usually('', fc.oneof(fc.constantFrom('/', '//', '/.', '?', '#x'), fc.webPath())),
      query: usually('', query, 2),
      authorization: fc.oneof(
        { weight: 5, arbitrary: fc.constant(given.rightFor(route.path)) },
        { weight: 4, arbitrary: fc.constantFrom(...given.bearers) },
        { weight: 1, arbitrary: headerText },
        { weight: 1, arbitrary: forged },
      ),
      session: usually(given.session, headerText, 2),
      origin: usually('', fc.constantFrom(given.origin, given.origin, ...foreignOrigins)),
      site: usually('', fc.constantFrom('same-origin', 'cross-site', 'none')),
      type: usually(
        'application/json',
        fc.oneof(
          fc.constantFrom('', 'text/plain', 'application/json;charset=utf-16', 'multipart/form-data'),
          headerText,
        ),
      ),
      extra: usually({}, extraHeaders),
      body: bodyFor(route.path),
    })
    .map((parts) => ({
      route,
      method: parts.method,
      path: encodePath(`${route.path.replace('{id}', () => parts.id)}${parts.suffix}${parts.query}`),
      headers: withoutEmpty({
        ...parts.extra,
        authorization: parts.authorization,
        'x-session': parts.session,
        origin: parts.origin,
        'sec-fetch-site': parts.site,
        'content-type': parts.type,
      }),
      body: parts.method === 'GET' || parts.method === 'HEAD' ? null : parts.body,
    }));
}

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'ref',
        'limit',
        'cursor',
        'after',
        'status',
        'state',
        'from',
        'until',
        '__proto__',
        'x',
      ),
      fc.oneof(
        fc.webQueryParameters(),
        fc.constantFrom('1', '-1', '1e9', '%', '%ff', '%00', 'NaN', '2026-11-23'),
      ),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`);

const forged = fc
  .tuple(fc.jsonValue(), fc.jsonValue(), fc.base64String({ maxLength: 60 }))
  .map(([header, claims, signature]) => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');
    return `Bearer ${part(header)}.${part(claims)}.${signature}`;
  });

const extraHeaders = fc.dictionary(
  fc.constantFrom(
    ...[
      'last-event-id',
      'x-partner-sign',
      'x-forwarded-for',
      'x-forwarded-host',
      'accept',
      'accept-encoding',
    ],
    ...['content-encoding', 'cookie', 'if-none-match', 'range', 'x-http-method-override', 'forwarded'],
  ),
  headerText,
  { maxKeys: 4 },
);

function bodyFor(path: string): fc.Arbitrary<Uint8Array | string> {
  const right = rightBodies.filter(([pattern]) => pattern.test(path)).map(([, body]) => body);
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...right).map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: fc.constantFrom(...right).chain(mutated) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4000 }).map((depth) => '['.repeat(depth)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        '"',
        'null',
        '{"a":1,"a":2}',
        '\ufeff{}',
        `"${'x'.repeat(17_000)}"`,
      ),
    },
  );
}

/** A right body with some of its fields replaced, taken out or added. */
function mutated(right: object): fc.Arbitrary<string> {
  const names = [...Object.keys(right), '__proto__', 'extra'];
  const change = fc.record({ name: fc.constantFrom(...names), value: odd, drops: fc.boolean() });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const fields = new Map<string, unknown>(Object.entries(right));
    for (const { name, value, drops } of changes) {
      if (drops) fields.delete(name);
      else fields.set(name, value);
    }
    return JSON.stringify(Object.fromEntries(fields));
  });
}

/** As a client would have to write it to send it at all; what it makes of the address is up to the server. */
function encodePath(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char.toWellFormed()));
}

function withoutEmpty(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}
