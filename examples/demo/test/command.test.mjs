import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { demoDir, stateDir } from '../scripts/places.mjs';
import { freePorts } from '../scripts/ports.mjs';
import { forget } from '../scripts/stand.mjs';
import { until } from './stand.mjs';

const command = (ports) => [
  join(demoDir, 'scripts', 'demo.mjs'),
  '--no-build',
  ...['--port', ports.shop, '--sandbox-port', ports.sandbox, '--bff-port', ports.bff].map(String),
];
const runDir = (ports) => join(stateDir, `run-${ports.shop}`);
const demo = (t, ports) => start(t, ports, command(ports));

/** Runs something with Node as a terminal does, in a process group of its own. */
function start(t, ports, args) {
  const child = spawn(process.execPath, args, { detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  t.after(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    forget(runDir(ports));
  });
  return { child, ended, output: () => output };
}

const isOpen = (port) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
const open = async (ports) => (await Promise.all(Object.values(ports).map(isOpen))).filter(Boolean).length;

async function ready(run, ports) {
  const url = `http://127.0.0.1:${ports.shop}`;
  await until(`the URL ${url}`, () => run.output().includes(url));
  assert.equal(await open(ports), 3, 'all three listen when the URL is told');
}

test('a taken port is named, with the option and the variable', async (t) => {
  const ports = await freePorts();
  for (const [name, option, variable] of [
    ['shop', '--port', 'DEMO_PORT'],
    ['sandbox', '--sandbox-port', 'SANDBOX_PORT'],
    ['bff', '--bff-port', 'BFF_PORT'],
  ]) {
    const squatter = createServer();
    await new Promise((resolve) => squatter.listen(ports[name], '127.0.0.1', resolve));
    const { code, output } = await demo(t, ports).ended;
    await new Promise((resolve) => squatter.close(resolve));
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${ports[name]} .*is taken`));
    assert.ok(output.includes(`${option} N`) && output.includes(`${variable}=N`), output);
    assert.doesNotMatch(output, /\n\s+at /, 'no stack trace');
  }
});

test('Ctrl-C ends everything it started', async (t) => {
  const ports = await freePorts();
  const run = demo(t, ports);
  await ready(run, ports);
  // To the whole group, as a terminal does.
  process.kill(-run.child.pid, 'SIGINT');
  assert.equal((await run.ended).code, 0);
  assert.equal(await open(ports), 0);
  await nobodyLeft(run.child.pid);
});

test('SIGTERM to the command alone ends everything it started', async (t) => {
  const ports = await freePorts();
  const run = demo(t, ports);
  await ready(run, ports);
  run.child.kill('SIGTERM');
  assert.equal((await run.ended).code, 0);
  await nobodyLeft(run.child.pid);
});

test('when the command itself is killed, its children end by themselves', async (t) => {
  const ports = await freePorts();
  const run = demo(t, ports);
  await ready(run, ports);
  run.child.kill('SIGKILL');
  await nobodyLeft(run.child.pid);
  assert.equal(await open(ports), 0);
});

test('when the package manager that started it is killed, it ends', async (t) => {
  const ports = await freePorts();
  const dir = mkdtempSync(join(tmpdir(), 'b131-demo-test-'));
  t.after(() => forget(dir));
  // As pnpm does it: a shell stands between, and lives on.
  const program = `require('node:child_process').spawn('sh', ['-c', process.argv[2] + '; true'], { stdio: 'inherit' });`;
  writeFileSync(join(dir, 'pnpm.cjs'), program);
  const run = start(t, ports, [join(dir, 'pnpm.cjs'), [process.execPath, ...command(ports)].join(' ')]);
  await ready(run, ports);
  run.child.kill('SIGKILL');
  await nobodyLeft(run.child.pid);
  assert.equal(await open(ports), 0);
});

test('when a part of it dies, the rest is stopped and the reason told', async (t) => {
  const ports = await freePorts();
  const run = demo(t, ports);
  await ready(run, ports);
  const pid = readFileSync(join(runDir(ports), 'bff.pid'), 'utf8');
  process.kill(Number(pid), 'SIGKILL');
  const { code, output } = await run.ended;
  assert.equal(code, 1);
  assert.match(output, /The BFF ended \(SIGKILL\)/);
  await nobodyLeft(run.child.pid);
});

/** No process of the group is left. */
async function nobodyLeft(group) {
  await until('the end of every process', () => {
    try {
      process.kill(-group, 0);
      return false;
    } catch (error) {
      return error.code === 'ESRCH';
    }
  });
}
