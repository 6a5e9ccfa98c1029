import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, type Project } from '@b131/consumers/project';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { allCommands } from '../../src/find.ts';
import { proofOf } from '../../src/proof.ts';

const commands = allCommands()
  .filter((command) => {
    const proof = proofOf(command);
    return proof && 'typedBy' in proof && proof.typedBy.endsWith('installs.test.ts');
  })
  .map(({ text }) => text);

let project: Project;
beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  await project.run('npm init -y && npm pkg set type=module');
});
afterAll(() => project?.remove());

test('the documents say what to install', () => {
  expect(commands).toEqual(
    expect.arrayContaining([
      'npm install @b131/api @b131/bff @b131/element',
      'npm install @b131/api@latest @b131/bff@latest @b131/element@latest',
      'npm install postgres',
    ]),
  );
});

test.each([...new Set(commands)])('%s', async (line) => {
  await project.run(line);
  const named = line
    .split(' ')
    .filter((word) => !word.startsWith('-'))
    .slice(2);
  const missing = named
    .map((word) => word.replace(/(.)@[\w.]+$/, '$1'))
    .filter((name) => !existsSync(join(project.folder, 'node_modules', name)));
  expect(missing).toEqual([]);
});
