import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { payoutPage, withoutBundler } from '../src/no-bundler.ts';
import { createProject, type Project } from '../src/project.ts';
import { payAt } from '../src/recipient.ts';
import { named, openStand, type Stand } from '../src/stand.ts';
import { serveStaticPage } from '../src/static-page.ts';

const origin = `http://localhost:${named.page}`;

/** README's `bff.js`, for a runtime without files. */
const worker = `
import { createBank131 } from '@b131/api';
import { createBff } from '@b131/bff';
import { d1Store } from '@b131/bff/d1';

let bff;
export default {
  fetch(request, env, context) {
    bff ??= createBff({
      bank: createBank131({ environment: { api: env.BANK }, project: 'my_project', privateKey: env.PRIVATE_KEY, bankPublicKeys: [env.BANK_KEY] }),
      store: d1Store({ db: env.DB }),
      tickets: { keys: [{ algorithm: 'HS256', key: env.TICKET_SECRET }] },
      secret: env.BFF_SECRET,
      origins: ['${origin}'],
      confirm: 'recipient',
    });
    return bff.app.fetch(request, env, context);
  },
};
`;

let project: Project;
let stand: Stand;
let runtime: Miniflare | undefined;
let closePage: (() => Promise<void>) | undefined;

beforeAll(async () => {
  project = await createProject({ npmrc: inject('npmrc') });
  stand = await openStand(project);
  await stand.startBank();
  await project.run('npm install esbuild');
  await project.write('worker.js', worker);
  await project.run(
    'npx esbuild worker.js --bundle --format=esm --platform=neutral --main-fields=module,main --outfile=out.js',
  );
  const file = (path: string) => readFile(join(project.folder, path), 'utf8');
  const secrets = Object.fromEntries(
    [...(await file('.env')).matchAll(/^(\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  runtime = new Miniflare({
    host: '127.0.0.1',
    port: stand.ports.bff,
    modules: [{ type: 'ESModule', path: 'out.js', contents: await file('out.js') }],
    compatibilityDate: '2026-01-01',
    d1Databases: ['DB'],
    bindings: {
      ...secrets,
      BANK: `http://127.0.0.1:${stand.ports.bank}`,
      PRIVATE_KEY: await file('keys/partner-private.pem'),
      BANK_KEY: await file('keys/bank-public.pem'),
    },
  });
  await runtime.ready;
});
afterAll(async () => {
  await closePage?.();
  await runtime?.dispose();
  await project?.remove();
});

const ask = (path: string) => fetch(`http://127.0.0.1:${stand.ports.bff}${path}`, { headers: { origin } });

test('a Worker of the packed packages is ready over D1, bundled without anything of Node', async () => {
  expect((await ask('/health')).status).toBe(200);
  const ready = await ask('/ready');
  expect({ status: ready.status, body: await ready.json() }).toMatchObject({ status: 200 });
});

test('it refuses a payout without a ticket, in words', async () => {
  const response = await ask('/payouts/current');
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 401,
    body: { code: 'ticket_missing' },
  });
});

test('it pays', async () => {
  await stand.startShop();
  closePage = await serveStaticPage({
    folder: project.folder,
    pages: { '/': payoutPage(withoutBundler.scriptTag) },
    shop: `http://127.0.0.1:${stand.ports.shop}`,
    port: stand.ports.page,
  });
  await payAt(origin, stand);
  expect(await stand.amounts()).toEqual([425_000]);
});
