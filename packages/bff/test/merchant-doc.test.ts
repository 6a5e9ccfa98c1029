import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createWorld } from './support/world.js';

const key = 'server-key-of-at-least-32-characters!';
const page = await readFile(new URL('../../../docs/merchant-api.md', import.meta.url), 'utf8');
const bodies = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text);

test('what docs/merchant-api.md sends is taken as it says', async () => {
  const world = await createWorld({ bff: { merchant: { keys: [key] } } });
  const send = async (body: string) => {
    const response = await world.bff().fetch(
      new Request('http://bff.test/merchant/payouts', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: body.replaceAll(/<the kept[^>]*>/g, 'kept'),
      }),
    );
    return { status: response.status, body: await response.json() };
  };
  expect(bodies).toHaveLength(2);
  const [one = '', many = ''] = bodies;
  expect(await send(one)).toMatchObject({ status: 202, body: { payout: { ref: 'week-2026-47/courier-7' } } });
  const { status, body } = await send(many);
  expect({ status, results: body.results }).toMatchObject({
    status: 200,
    results: [{ ok: true }, { ok: true }],
  });
});

test('every reason that a person must look at stands in the run book', async () => {
  const [errors, operations] = await Promise.all(
    ['errors', 'operations'].map((name) =>
      readFile(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8'),
    ),
  );
  const table = errors?.split('A payout that `needs_attention`')[1]?.split('## ')[0] ?? '';
  const reasons = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z_…]+)`/g)].map(([, reason]) => reason));
  expect(reasons.length).toBeGreaterThan(8);
  for (const reason of reasons) expect(operations).toContain(`\`${reason}\``);
});
