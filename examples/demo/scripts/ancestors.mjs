/**
 * Who started us. `npx` and `pnpm` do not hand on every end of theirs: killed, they leave the script running. So it
 * watches them itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const packageManager =
  /^(npm|npx|pnpm)\b|^\S*[\\/](npm|npx|pnpm)(\.\w+)?(\s|$)|^\S*node\S* \S*[\\/](npm|npx|pnpm)[\w-]*(\.\w+)?(\s|$)/;
const hasProc = existsSync('/proc/self/stat');

/** Our ancestors up to the topmost package manager, shells between them included; none without one. */
export function packageManagers() {
  const chain = [];
  for (let pid = process.ppid; pid > 1 && chain.length < 12; ) {
    const one = lookAt(pid);
    if (!one) break;
    chain.push({ pid, command: one.command });
    pid = one.parent;
  }
  const top = chain.map(({ command }) => packageManager.test(command)).lastIndexOf(true);
  return chain.slice(0, top + 1).map(({ pid }) => pid);
}

/** A zombie has ended, though nobody has taken notice yet. */
export function isAlive(pid) {
  if (hasProc) {
    try {
      return !/^[ZX]/.test(afterName(readFileSync(`/proc/${pid}/stat`, 'utf8')));
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function lookAt(pid) {
  try {
    return hasProc ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

function fromProc(pid) {
  const parent = Number(afterName(readFileSync(`/proc/${pid}/stat`, 'utf8')).split(' ')[1]);
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return { parent, command };
}

/** What follows `pid (name) ` in a stat line: the name may hold anything. */
const afterName = (stat) => stat.slice(stat.lastIndexOf(') ') + 2);

function fromPs(pid) {
  const { status, stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const [, parent, command] = /^\s*(\d+)\s+(.*)$/s.exec(stdout ?? '') ?? [];
  return status === 0 && parent !== undefined ? { parent: Number(parent), command: command.trim() } : null;
}
