import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dev = fileURLToPath(new URL('../scripts/dev.ts', import.meta.url));

/** The process of wrangler that serves, once it is there. */
function serving(parent: number): number | undefined {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  for (const line of table.split('\n')) {
    const [pid, ppid] = line.trim().split(/\s+/, 2).map(Number);
    if (ppid === parent && line.includes(' dev --ip ')) return pid;
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a signal while it is being started leaves nothing running', { timeout: 180_000 }, async () => {
  const child = spawn(process.execPath, [dev, '--port', '0', '--sandbox-port', '0'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  let wrangler: number | undefined;
  try {
    await expect
      .poll(() => (wrangler = serving(child.pid ?? 0)), { timeout: 120_000, interval: 50 })
      .toBeDefined();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(isAlive(wrangler ?? 0)).toBe(false);
  } finally {
    child.kill('SIGKILL');
    if (wrangler !== undefined && isAlive(wrangler)) process.kill(-wrangler, 'SIGKILL');
  }
});
