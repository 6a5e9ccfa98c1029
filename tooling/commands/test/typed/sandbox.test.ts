import { createProject, freePort, type Project } from '@b131/consumers/project';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Walk, walk } from '../../src/walk.ts';

const name = 'sandbox.test.ts';
let url = '';
let ports: Map<string, string>;
let readme: Walk;
let project: Project;

beforeAll(async () => {
  const bank = await freePort();
  url = `http://127.0.0.1:${bank}`;
  ports = new Map([
    ['4131', String(bank)],
    ['4132', String(await freePort())],
  ]);
  readme = walk('packages/sandbox/README.md', name, ports);
  project = await createProject({ npmrc: inject('npmrc'), env: { B131_SANDBOX_URL: url } });
  await project.run('npm init -y');
});
afterAll(() => project?.remove());

test('one command, in an empty folder, starts the bank', async () => {
  const bank = project.start(readme.block('npx @b131/sandbox'));
  await bank.says(/Ctrl-C ends it\./);
  expect(bank.output()).toContain('New keys were made.');
  expect((await fetch(url)).status).toBe(200);
});

test('openssl and curl alone sign what it takes and what it refuses', async () => {
  const answers = (await project.run(readme.block('URL='))).trim().split('\n');
  expect(answers).toEqual([
    expect.stringContaining('"public_token":"'),
    expect.stringContaining('"status":"created"'),
    expect.stringContaining('"code":"authentication_error"'),
  ]);
});

test('its other commands look for it, and find it', async () => {
  await project.run('npm install --save-dev @b131/sandbox');
  const typed = (beginning: string) => `npx ${readme.command(beginning)}`;
  expect(await project.run(typed('b131-sandbox keys'))).toContain('BEGIN PUBLIC KEY');
  const listening = project.start(typed('b131-sandbox listen'));
  await listening.says(/^Listening to http/m);
  await project.run(typed('b131-sandbox trigger payment_finished'));
  await listening.says(/payment_finished/);

  await project.write('body.json', '{"session_id":"ps_1"}');
  const signature = (await project.run(typed('b131-sandbox sign body.json'))).trim();
  const verify = typed('b131-sandbox verify body.json');
  const key = '--key b131-keys/partner-public.pem';
  expect(await project.run(`${verify} ${key} --signature '${signature}'`)).toMatch(/holds/);
  await expect(project.run(`${verify} ${key} --signature '${signature.toLowerCase()}'`)).rejects.toThrow(
    /ended with 3/,
  );
  const { version } = inject('packed')[0]?.manifest ?? {};
  expect((await project.run(typed('b131-sandbox --version'))).trim()).toBe(version);
  expect(readme.left()).toEqual([]);
});

test("the demo's README turns one of its knobs", async () => {
  const demo = walk('examples/demo/README.md', name, ports);
  expect(await project.run(demo.command('curl -X PATCH'))).toContain('"processingMs":5000');
  expect(demo.left()).toEqual([]);
});
