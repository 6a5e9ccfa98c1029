import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { bundledWorker } from '../src/measures/cold-start.ts';

// `import { z }` anywhere in what the Worker takes in brings all of zod's languages, 60 kB gzip of them.
test('the Worker carries zod in one language', async () => {
  const { message = '' } = z.string().safeParse(1).error?.issues[0] ?? {};
  const [english = ''] = message.split(':');
  const russian = await readFile(new URL(import.meta.resolve('zod/v4/locales/ru.js')), 'utf8');
  const [, foreign = ''] = /`([А-Яа-я ]{10,}):/.exec(russian) ?? [];
  expect(foreign.length).toBeGreaterThan(9);
  const worker = await bundledWorker();
  expect([worker.includes(english), worker.includes(foreign)]).toEqual([true, false]);
});
