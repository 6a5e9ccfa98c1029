import { backendCode, errorTable } from '@b131/element';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createWorld } from './support/world.js';

/** Routes that a recipient's browser calls. */
const browserRoutes = /^\/(payouts|public-tokens|widget)/;

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({
            content: z.record(
              z.string(),
              z.object({ examples: z.record(z.string(), z.unknown()).optional() }),
            ),
          }),
        ),
      }),
    ),
  ),
});

/** Every code that some browser route is described to answer with, and those of addresses that are none. */
async function browserCodes(): Promise<Set<string>> {
  const { app } = (await createWorld()).bff();
  const { paths } = document.parse(await (await app.request('/openapi.json')).json());
  const codes = Object.entries(paths)
    .filter(([path]) => browserRoutes.test(path))
    .flatMap(([, methods]) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ content }) => Object.keys(content['application/problem+json']?.examples ?? {}));
  return new Set([...codes, 'not_found', 'method_not_allowed']);
}

test('the element knows what to show for every code that a browser route answers with', async () => {
  const codes = await browserCodes();
  expect(codes.size).toBeGreaterThan(20);
  const unknown = [...codes].filter(
    (code) => code !== 'internal_error' && backendCode(code) === 'internal_error',
  );
  expect(unknown).toEqual([]);
});

test('a backend that is busy is not a page with another form on it', () => {
  expect(errorTable[backendCode('busy')].face).toBe('bank_unavailable');
  expect(errorTable.busy.face).toBe('busy');
});
