/** The demo's three processes: the sandbox bank, the BFF and the shop. Started in this order, ended together. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDir, node24 } from './places.mjs';
import { hostname, Plain, services } from './ports.mjs';

const order = ['sandbox', 'bff', 'shop'];
/** A child that takes longer to begin or to end is not well. */
const patience = { begin: 20_000, end: 3_000 };

/**
 * @param {object} options
 * @param {Record<string, number>} options.ports by service
 * @param {string} options.keptDir keys and secrets, kept between runs
 * @param {string} options.runDir this run's database and logs
 * @param {string} [options.pageDir] what the shop shows; the demo's own page
 * @param {(text: string) => void} [options.onDeath] told when a child ended that should not have
 */
export async function startStand({
  ports,
  keptDir,
  runDir,
  pageDir = join(demoDir, 'dist'),
  onDeath = () => {},
}) {
  mkdirSync(runDir, { recursive: true });
  const env = environment({ ports, keptDir, runDir, pageDir });
  const children = new Map();
  let stopping;

  async function start(name) {
    const child = launch(name, env, join(runDir, `${name}.log`));
    children.set(name, child);
    writeFileSync(join(runDir, `${name}.pid`), `${child.process.pid}\n`);
    child.process.once('exit', (code, signal) => {
      const expected = children.get(name) !== child || stopping;
      if (!expected && child.isReady)
        onDeath(`${whatOf(name)} ended (${signal ?? `exit code ${code}`}).${lastWords(child.log)}`);
    });
    child.process.on('message', (message) => {
      if (message?.type === 'kill') restart(message.name).catch((error) => onDeath(error.message));
    });
    await child.ready;
  }

  /** SIGKILL: no goodbye, as a crash would be. */
  async function kill(name) {
    const child = children.get(name);
    children.delete(name);
    child?.process.kill('SIGKILL');
    await child?.gone;
  }

  async function restart(name) {
    if (!children.has(name) || stopping) return;
    await kill(name);
    if (!stopping) await start(name);
  }

  function stop() {
    stopping ??= Promise.all([...children.values()].map(end)).then(() => undefined);
    return stopping;
  }

  try {
    for (const name of order) await start(name);
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: urlsOf(ports), start, kill, restart, stop, pid: (name) => children.get(name)?.process.pid };
}

function launch(name, env, log) {
  const output = openSync(log, 'a');
  const child = spawn(node24, [join(demoDir, 'server', `${name}.ts`)], {
    cwd: demoDir,
    env,
    stdio: ['ignore', output, output, 'ipc'],
  });
  const launched = { process: child, log, isReady: false, gone: undefined, ready: undefined };
  launched.gone = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  launched.ready = new Promise((resolve, reject) => {
    const fail = (why) => reject(new Plain(`${whatOf(name)} did not start: ${why}`));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`no sign of life for ${patience.begin / 1000} s.${lastWords(log)}`);
    }, patience.begin);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => {
      // Its log goes with the run, and after a good start nobody waits for this.
      if (!launched.isReady) fail(`it ended (${signal ?? `exit code ${code}`}).${lastWords(log)}`);
    });
    child.on('message', (message) => {
      if (message?.type === 'failed') fail(message.message);
      if (message?.type !== 'ready') return;
      launched.isReady = true;
      resolve();
    });
    const settled = () => clearTimeout(late);
    launched.gone.then(settled);
    child.on('message', settled);
  });
  return launched;
}

/** The end of a log. */
function lastWords(log) {
  const text = readFileSync(log, 'utf8').trim();
  return text === '' ? '' : `\n\n${text.split('\n').slice(-20).join('\n')}\n\n(from ${log})`;
}

async function end(child) {
  child.process.kill('SIGTERM');
  const force = setTimeout(() => child.process.kill('SIGKILL'), patience.end);
  await child.gone;
  clearTimeout(force);
}

function environment({ ports, keptDir, runDir, pageDir }) {
  const urls = urlsOf(ports);
  return {
    ...process.env,
    ...secretsIn(keptDir),
    NODE_NO_WARNINGS: '1',
    PROJECT: 'rover',
    KEYS_DIR: join(keptDir, 'keys'),
    BFF_DATABASE: join(runDir, 'payouts.db'),
    BFF_ORIGINS: `${urls.shop},http://localhost:${ports.shop}`,
    BFF_URL: urls.bff,
    SANDBOX_URL: urls.sandbox,
    PAGE_DIR: pageDir,
    DEMO_PORT: String(ports.shop),
    SANDBOX_PORT: String(ports.sandbox),
    BFF_PORT: String(ports.bff),
  };
}

function urlsOf(ports) {
  return Object.fromEntries(services.map(({ name }) => [name, `http://${hostname}:${ports[name]}`]));
}

function whatOf(name) {
  const what = services.find((service) => service.name === name)?.what ?? name;
  return what[0].toUpperCase() + what.slice(1);
}

/** Made on the first run; the BFF and the shop share the first. */
function secretsIn(keptDir) {
  const file = join(keptDir, 'secrets.json');
  if (!existsSync(file)) {
    mkdirSync(keptDir, { recursive: true });
    const secret = () => randomBytes(32).toString('base64');
    writeFileSync(file, `${JSON.stringify({ TICKET_SECRET: secret(), BFF_SECRET: secret() }, null, 2)}\n`, {
      mode: 0o600,
    });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Forgets a run, so that the next one begins anew. */
export function forget(dir) {
  rmSync(dir, { recursive: true, force: true });
}
