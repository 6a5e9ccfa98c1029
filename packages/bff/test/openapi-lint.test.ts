import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { createWorld } from './support/world.js';

/** By Redocly's strict rules, offline. */
async function lint(source: string): Promise<string[]> {
  // Routes that anybody may call take nothing that they could refuse.
  const rules = { 'operation-4xx-response': 'off' } as const;
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const problems = await lintFromString({ source, config });
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
}

test("/openapi.json of a mount with everything open passes a linter's strictest rules", async () => {
  const world = await createWorld({ bff: { merchant: { keys: ['k'.repeat(32)] }, operator: () => null } });
  const response = await world.bff().fetch(new Request('https://pay.shop.test/openapi.json'));
  const text = await response.text();
  expect(await lint(text)).toEqual([]);
  expect((await lint(text.replaceAll('"description"', '"descriptoin"'))).length).toBeGreaterThan(10);
});
