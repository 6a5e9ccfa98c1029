import { Hono } from 'hono';
import { expect, test } from 'vitest';
import * as z from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { problems } from '../src/http/refusal/problem.js';
import { version } from '../src/version.js';
import { createWorld } from './support/world.js';

const operation = z.object({
  operationId: z.string(),
  responses: z.record(
    z.string(),
    z.object({
      content: z.record(z.string(), z.object({ examples: z.record(z.string(), z.unknown()).optional() })),
    }),
  ),
});
const document = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    schemas: z.object({
      Problem: z.object({ properties: z.object({ code: z.object({ enum: z.array(z.string()) }) }) }),
    }),
  }),
});

/** A mount in which everything is open. */
async function everything(): Promise<Hono> {
  const world = await createWorld({ bff: { merchant: { keys: ['k'.repeat(32)] }, operator: () => null } });
  return world.bff().app;
}

async function described(app: Hono, path = '/openapi.json') {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return document.parse(await response.json());
}

test('every route that is served is described, and no other', async () => {
  const app = await everything();
  const served = app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const { paths } = await described(app);
  const told = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(served.length).toBeGreaterThan(10);
  expect(told.sort()).toEqual([...new Set(served)].sort());
});

test('every problem code is in it, with the operation that answers with it', async () => {
  const { paths, components } = await described(await everything());
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const answers = operations.flatMap(({ responses }) => Object.values(responses));
  const examples = answers.flatMap(({ content }) =>
    Object.keys(content['application/problem+json']?.examples ?? {}),
  );
  const codes = Object.keys(problems).sort();
  expect(components.schemas.Problem.properties.code.enum.toSorted()).toEqual(codes);
  // These two are of no operation: they say that there is none.
  expect([...new Set(examples), 'not_found', 'method_not_allowed'].sort()).toEqual(codes);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test('it carries the version of the package and the path it is mounted at', async () => {
  expect(version).toBe(manifest.version);
  const { info, servers } = await described(await everything());
  expect(info.version).toBe(version);
  expect(servers).toEqual([{ url: '/' }]);
  const app = new Hono().route('/b131', await everything());
  expect((await described(app, '/b131/openapi.json')).servers).toEqual([{ url: '/b131' }]);
});
