import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createProject, type Project } from '../src/project.ts';

const worker = `
import { createBank131, generateKeyPair } from '@b131/api';
import { createBff } from '@b131/bff';
import { d1Store } from '@b131/bff/d1';

let bff;
export default {
  async fetch(request, env, context) {
    if (!bff) {
      const keys = await generateKeyPair();
      bff = createBff({
        bank: createBank131({ environment: { api: env.BANK }, project: 'my_project', privateKey: keys.privateKey, bankPublicKeys: [keys.publicKey] }),
        store: d1Store({ db: env.DB }),
        tickets: { keys: [{ algorithm: 'HS256', key: env.SECRET }] },
        secret: env.SECRET,
        origins: ['https://shop.example'],
      });
    }
    return bff.app.fetch(request, env, context);
  },
};
`;

let project: Project;
let runtime: Miniflare;

beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  await project.run('npm init -y && npm pkg set type=module && npm install @b131/api @b131/bff esbuild');
  await project.write('worker.js', worker);
  await project.run(
    'npx esbuild worker.js --bundle --format=esm --platform=neutral --main-fields=module,main --outfile=out.js',
  );
  const script = await readFile(join(project.folder, 'out.js'), 'utf8');
  runtime = new Miniflare({
    modules: [{ type: 'ESModule', path: 'out.js', contents: script }],
    compatibilityDate: '2026-01-01',
    d1Databases: ['DB'],
    bindings: { BANK: 'http://127.0.0.1:9', SECRET: btoa('k'.repeat(32)) },
  });
});
afterAll(async () => {
  await runtime?.dispose();
  await project?.remove();
});

test('a Worker of the packed packages is ready over D1, bundled without anything of Node', async () => {
  const health = await runtime.dispatchFetch('http://worker.test/health');
  expect(health.status).toBe(200);
  const ready = await runtime.dispatchFetch('http://worker.test/ready');
  expect({ status: ready.status, body: await ready.json() }).toMatchObject({ status: 200 });
});

test('it refuses a payout without a ticket, in words', async () => {
  const response = await runtime.dispatchFetch('http://worker.test/payouts/current', {
    headers: { origin: 'https://shop.example' },
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 401,
    body: { code: 'ticket_missing' },
  });
});
