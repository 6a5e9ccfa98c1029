#!/usr/bin/env node
/**
 * `pnpm demo`: installs and builds what is needed, starts the sandbox bank, the BFF and the shop, says where to look.
 * Plain JavaScript for any Node from 18 on, with nothing installed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isAlive, packageManagers } from './ancestors.mjs';
import { demoDir, node24, stateDir } from './places.mjs';
import { choosePorts, freePorts, Plain, requireFree } from './ports.mjs';
import { prepare } from './prepare.mjs';
import { forget, startStand } from './stand.mjs';

const help = `pnpm demo: a courier's earnings page that cashes out through the kit, against a sandbox bank.

  --port N           the page            (DEMO_PORT, 4130)
  --sandbox-port N   the sandbox bank    (SANDBOX_PORT, 4131)
  --bff-port N       the BFF             (BFF_PORT, 4132)
  --smoke            no page to look at: a browser cashes out once, on free ports, and says what moved
  --fresh            make new keys and secrets
  --no-build         start at once, with what is installed and built
  --help             this

Everything listens on 127.0.0.1 only. Keys, secrets, databases and logs: examples/demo/.demo/
The sandbox keeps its books in memory, so each start begins a new story.
`;

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Plain ? `\n${error.message}` : error);
    process.exit(1);
  },
);

async function main() {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return 0;
  }
  const stop = stopSignal();
  try {
    return options.smoke ? await smoke(options, stop) : await show(options, stop);
  } catch (error) {
    // Ctrl-C on the way is no failure.
    if (stop.aborted && error === stop.reason) return 130;
    throw error;
  }
}

function readOptions() {
  try {
    const text = { type: 'string' };
    const flag = { type: 'boolean', default: false };
    // `pnpm demo -- --smoke` hands the `--` on.
    const args = process.argv.slice(2).filter((argument) => argument !== '--');
    const options = {
      port: text,
      'sandbox-port': text,
      'bff-port': text,
      smoke: flag,
      fresh: flag,
      'no-build': flag,
      help: flag,
    };
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Plain(`${error.message}\n\n${help}`);
  }
}

/** Aborts on Ctrl-C, SIGTERM, a closed terminal, or when whoever started us is gone. */
function stopSignal() {
  const controller = new AbortController();
  const stop = (name) => controller.abort(new Error(name));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stop(name));
  const parent = process.ppid;
  const starters = packageManagers();
  const isLeft = () => process.ppid !== parent || !starters.every(isAlive);
  setInterval(() => isLeft() && stop('whoever started us is gone'), 500).unref();
  return controller.signal;
}

async function show(options, stop) {
  const ports = choosePorts(options, process.env);
  await requireFree(ports);
  if (!options['no-build']) await prepare({ smoke: false, say: console.log, signal: stop });
  if (options.fresh) forget(stateDir);
  // Several demos, on ports of their own, do not meet.
  const runDir = join(stateDir, `run-${ports.shop}`);
  forget(runDir);

  let dead;
  const died = new Promise((resolve) => {
    dead = resolve;
  });
  const stand = await startStand({ ports, keptDir: stateDir, runDir, onDeath: dead });
  let death;
  try {
    if (!stop.aborted) {
      console.log(`\n  Open  ${stand.urls.shop}\n\n  Ctrl-C ends it.`);
      death = await Promise.race([died, aborted(stop)]);
    }
  } finally {
    await stand.stop();
  }
  if (death) throw new Plain(`${death}\nThe rest was stopped.`);
  console.log('\nStopped.');
  return 0;
}

/** As a recipient would, headless: its own ports, its own folder, nothing left behind. */
async function smoke(options, stop) {
  if (!options['no-build']) await prepare({ smoke: true, say: console.log, signal: stop });
  const dir = mkdtempSync(join(tmpdir(), 'b131-smoke-'));
  let stand;
  try {
    const ports = await freePorts();
    stand = await startStand({ ports, keptDir: dir, runDir: join(dir, 'run') });
    if (stop.aborted) throw stop.reason;
    return await cashOut(stand.urls, stop);
  } finally {
    await stand?.stop();
    forget(dir);
  }
}

/** The browser is driven by Node 24, whatever runs this. */
function cashOut(urls, stop) {
  return new Promise((resolve, reject) => {
    const child = spawn(node24, [join(demoDir, 'scripts', 'smoke.mjs'), urls.shop, urls.sandbox], {
      stdio: 'inherit',
    });
    const end = () => child.kill('SIGTERM');
    stop.addEventListener('abort', end, { once: true });
    child.once('error', reject);
    child.once('exit', (code) => {
      stop.removeEventListener('abort', end);
      resolve(code ?? 1);
    });
  });
}

function aborted(signal) {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}
