import { expect, test } from 'vitest';
import { fuzz } from '../src/fuzz/fuzz.ts';
import { type Answer, wrongWith } from '../src/fuzz/judge.ts';

test('some thousand bad requests at every route: nothing fails, hangs, leaks or tells', async () => {
  const report = await fuzz({ requests: 3000, seed: 131 });
  expect(report.findings).toEqual([]);
  expect(report.requests).toBe(3000);
  expect(report.statuses.size).toBeGreaterThan(20);
  const seen = new Set([...report.statuses.values()].flatMap((counts) => [...counts.keys()]));
  // It came through the doors too, not only to them.
  for (const status of [200, 202, 401, 403, 404, 405, 409, 413, 415, 422]) expect(seen).toContain(status);
  expect(report.after).toMatchObject({ sockets: 0, load: { streams: 0 } });
});

test('what must not happen would be noticed', () => {
  const route = {
    method: 'GET',
    path: '/payouts/{id}',
    statuses: new Set([200, 404]),
    failures: new Set(['busy']),
  };
  const request = { route, method: 'GET', path: '/payouts/pay_1', headers: {}, body: null };
  const judged = (answer: Partial<Answer>) =>
    wrongWith(request, { status: 200, headers: '', text: '', ...answer }, ['S3CRET']);
  expect(judged({})).toBeNull();
  expect(judged({ status: 503, text: '{"code":"busy"}' })).toBeNull();
  expect(judged({ text: 'a S3CRET b' })).toMatch('secret');
  expect(judged({ headers: 'S3CRET' })).toMatch('secret');
  expect(judged({ status: 500, text: '{"code":"internal_error"}' })).toMatch('500');
  expect(judged({ status: 503, text: 'gone' })).toMatch('503');
  expect(judged({ status: 418 })).toMatch('not documented');
  expect(judged({ status: 422, text: 'Error\n    at x (file.js:1:2)' })).toMatch('stack');
});
