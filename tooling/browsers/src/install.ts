import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import type { Engine } from './engines.ts';

/** Whether Debian's packages can be installed here. */
export async function canInstall(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
}

/** Installs what engines need from Debian's packages, as root. */
export async function install(missing: readonly Engine[]): Promise<void> {
  const packages = missing.flatMap((engine) => engine.packages);
  console.log(`Installing ${packages.join(', ')} …`);
  await run('apt-get', ['update', '-q']);
  // Other installs on the machine are waited for.
  const patient = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...patient, 'install', '-y', '-q', '--no-install-recommends', ...packages]);
}

/** What to type where we may not install. */
export function wayOut(missing: readonly Engine[]): string {
  const packages = missing.flatMap((engine) => engine.packages).join(' ');
  return `On Debian: sudo apt-get install --no-install-recommends ${packages}\nAs root: pnpm test:browsers --install`;
}

function run(program: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (text: Buffer): void => {
    said += text.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said.slice(-2000)}`));
    });
  });
}
