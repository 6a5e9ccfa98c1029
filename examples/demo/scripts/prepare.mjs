/** Installs and builds what the demo needs, and nothing else. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { node24, rootDir } from './places.mjs';
import { Plain } from './ports.mjs';

/**
 * What the kit's packages need to run, then what the root brings to build them: Node, TypeScript, turbo, and the few
 * things that packages name as optional or for their development only, and that they find in the root. Without
 * `--prod` the test tools of every package would come along.
 */
const light = [
  ['install', '--frozen-lockfile', '--prod', '--filter-prod', '@b131/demo...'],
  ['install', '--frozen-lockfile', '--filter', '.'],
];
/** Where a developer has installed everything, `--prod` would take their tools away. */
const besideEverything = [
  ['install', '--frozen-lockfile', '--filter', '.', '--filter-prod', '@b131/demo...'],
];
const testBrowser = ['install', '--frozen-lockfile', '--filter', '@b131/browser'];
const build = [
  'exec',
  'turbo',
  'run',
  'build',
  '--filter=@b131/demo',
  '--output-logs=errors-only',
  '--ui=stream',
];

/**
 * @param {object} options
 * @param {boolean} options.smoke the browser for the smoke run as well
 * @param {(text: string) => void} options.say
 * @param {AbortSignal} options.signal
 */
export async function prepare({ smoke, say, signal }) {
  const pnpm = findPnpm();
  const installs = hasEverything() ? besideEverything : light;
  for (const install of installs) await step('Installing', pnpm, install, { say, signal });
  if (smoke) await step('Installing a browser', pnpm, testBrowser, { say, signal });
  if (!existsSync(node24)) {
    throw new Plain(
      `Node 24 should now be at ${node24}, but is not. Is its install script refused (allowBuilds)?`,
    );
  }
  await step('Building', pnpm, build, { say, signal });
}

function hasEverything() {
  return existsSync(join(rootDir, 'packages', 'bff', 'node_modules', 'vitest'));
}

async function step(title, [command, ...before], args, { say, signal }) {
  const from = Date.now();
  say(`${title} …`);
  const { code, output } = await run(command, [...before, ...args], signal);
  if (signal.aborted) throw signal.reason;
  if (code !== 0) {
    throw new Plain(`${title} failed: ${[command, ...before, ...args].join(' ')}\n\n${output.trim()}`);
  }
  say(`${title} took ${((Date.now() - from) / 1000).toFixed(1)} s`);
}

function run(command, args, signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: rootDir,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGTERM',
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) =>
      signal.aborted
        ? resolve({ code: 1, output })
        : reject(new Plain(`${command} cannot be run: ${error.message}`)),
    );
    child.once('close', (code) => resolve({ code, output }));
  });
}

const pnpmSettings = {
  // Each `pnpm run` of turbo could otherwise first install all of the workspace.
  pnpm_config_verify_deps_before_run: 'false',
  // A connection to the registry that hangs is tried again after 15 s of silence, not after a minute.
  pnpm_config_fetch_timeout: '15000',
};

function environment() {
  const path = [join(rootDir, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', CI: '1', ...pnpmSettings };
}

/** The pnpm that runs us, else the one on PATH, else npx fetches it. */
function findPnpm() {
  const own = process.env.npm_execpath ?? '';
  if (/[\\/]pnpm[^\\/]*$/.test(own)) return /\.[cm]?js$/.test(own) ? [process.execPath, own] : [own];
  const names = process.platform === 'win32' ? ['pnpm.exe', 'pnpm.cmd'] : ['pnpm'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
  return found ? [found] : ['npx', '-y', 'pnpm@12'];
}
