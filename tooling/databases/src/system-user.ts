import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Somebody whom root can start programs as. */
export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * As whom root starts Postgres, which refuses to be root: `nobody`, whom nearly every system has. Null for anybody else,
 * who starts it as themselves.
 */
export async function standInForRoot(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const idOf = async (kind: '-u' | '-g') => Number((await run('id', [kind, 'nobody'])).stdout);
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    throw new Error(
      'Postgres does not run as root, and this system has no user `nobody` that it could run as: run as a user of your own',
    );
  }
}

/** Whether the user may enter that folder, or run that program. */
export function mayUse(path: string, user: SystemUser): Promise<boolean> {
  return run('test', ['-x', path], { ...user }).then(
    () => true,
    () => false,
  );
}

/** Gives the user what is at the path, with all that is in it. */
export async function giveTo({ uid, gid }: SystemUser, path: string): Promise<void> {
  await run('chown', ['-Rh', `${uid}:${gid}`, path]);
}
