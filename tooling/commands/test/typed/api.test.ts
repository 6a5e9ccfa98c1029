import { createProject, type Project } from '@b131/consumers/project';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { walk } from '../../src/walk.ts';

const program = `
import { readFileSync } from 'node:fs';
import { createSigner, importPublicKey, signBody, verifyBody } from '@b131/api';

const body = new TextEncoder().encode('{"session_id":"ps_1"}');
const signature = await signBody(await createSigner(readFileSync('private.pem', 'utf8')), body);
console.log(await verifyBody(await importPublicKey(readFileSync('public.pem', 'utf8')), body, signature));
`;

let project: Project;
beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  await project.run('npm init -y && npm pkg set type=module');
});
afterAll(() => project?.remove());

test('the keys that openssl makes sign and verify', async () => {
  const readme = walk('packages/api/README.md', 'api.test.ts');
  await project.run(readme.block('npm install @b131/api'));
  await project.run(readme.block('openssl genpkey'));
  await project.write('sign.js', program);
  expect((await project.run('node sign.js')).trim()).toBe('true');
  expect(readme.left()).toEqual([]);
});
