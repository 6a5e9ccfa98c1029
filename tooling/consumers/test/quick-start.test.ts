import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createProject, freePort, type Project, type Running } from '../src/project.ts';
import { quickStart } from '../src/quick-start.ts';
import { openAt, type Recipient } from '../src/recipient.ts';

/** The addresses that README names. The machine may have them in use, so each stands for a free one here. */
const named = { bank: 4131, bff: 4132, shop: 4133, page: 5173 };
const ports = new Map<number, number>();
const typed = quickStart();

let project: Project;
let recipient: Recipient | undefined;
const servers: Running[] = [];

beforeAll(async () => {
  for (const port of Object.values(named)) ports.set(port, await freePort());
  project = await createProject({ npmrc: inject('npmrc') });
});
afterAll(async () => {
  await recipient?.leave();
  await project?.remove();
});

/** The server's side of an address; the page's is mapped in the browser, so the page stays as it was typed. */
const onThisMachine = (text: string) =>
  text.replace(/(127\.0\.0\.1:|port: |--port |listen\()(\d{4})\b/g, (whole, before: string, port: string) => {
    const free = ports.get(Number(port));
    return free === undefined ? whole : `${before}${free}`;
  });

test('README names what is typed: files, commands, an account', () => {
  expect([...typed.files.keys()]).toEqual(['shop.js', 'bff.js', 'index.html', 'vite.config.js']);
  expect(typed.servers).toHaveLength(4);
  expect(typed.account).toHaveLength(20);
});

test("README's quick start, typed in as written, pays", async () => {
  for (const line of typed.preparations) {
    // The folder is there already.
    if (!line.startsWith('mkdir')) await project.run(line);
  }
  for (const [name, text] of typed.files)
    await project.write(name, name === 'index.html' ? text : onThisMachine(text));
  const [bank = '', bff = '', shop = '', page = ''] = typed.servers;
  const started = async (line: string, ready: RegExp) => {
    const server = project.start(line);
    servers.push(server);
    await server.says(ready);
  };
  await started(onThisMachine(bank), /bank-public\.pem/);
  await started(bff, /payouts at http/);
  await started(shop, /^/);
  await started(`${page} --port ${ports.get(named.page)} --strictPort`, /ready in/);

  const at = (port: number) => `localhost:${ports.get(port)}`;
  recipient = await openAt(`http://localhost:${named.page}`, {
    [`localhost:${named.page}`]: at(named.page),
    [`127.0.0.1:${named.bank}`]: `127.0.0.1:${ports.get(named.bank)}`,
    [`127.0.0.1:${named.bff}`]: `127.0.0.1:${ports.get(named.bff)}`,
  });
  try {
    await recipient.giveAccount(typed.bik, typed.account);
    await recipient.press('confirm');
    await recipient.sees('succeeded');
  } catch (error) {
    throw new Error(
      `${String(error)}\n${recipient.errors.join('\n')}\n${servers.map((one) => one.output()).join('\n---\n')}`,
    );
  }
  const ledger = await fetch(`http://127.0.0.1:${ports.get(named.bank)}/sandbox/ledger`);
  const { movements }: { movements: { amount: number }[] } = await ledger.json();
  expect(movements.map(({ amount }) => amount)).toEqual([425_000]);
});
