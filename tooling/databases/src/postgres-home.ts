import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { giveTo, mayUse, type SystemUser } from './system-user.ts';

/** A temporary folder that a Postgres lives in. */
export interface PostgresHome {
  folder: string;
  /** Its data, ready to start. */
  data: string;
  /** Its programs, where it may run them. */
  bin: string;
}

export interface PostgresHomeOptions {
  /** As whom it will run, if not as who runs this process. */
  runsAs: SystemUser | null;
  /** The folder of its programs. */
  programs: string;
  /** Whom it lets in. */
  user: string;
  password: string;
}

export async function makePostgresHome(options: PostgresHomeOptions): Promise<PostgresHome> {
  const { runsAs } = options;
  const folder = runsAs ? await makeFolderFor(runsAs) : await makeFolder(tmpdir());
  try {
    return await furnish(folder, options);
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}

function makeFolder(place: string): Promise<string> {
  return mkdtemp(join(place, 'b131-postgres-'));
}

/** A folder of that user, in a place that it may enter: the temporary folder of root's can be closed to it. */
async function makeFolderFor(user: SystemUser): Promise<string> {
  for (const place of [tmpdir(), '/tmp']) {
    const folder = await makeFolder(place);
    await giveTo(user, folder);
    if (await mayUse(folder, user)) return folder;
    await rm(folder, { recursive: true });
  }
  throw new Error(
    `Postgres does not run as root, and \`nobody\`, as whom it runs here, may enter neither ${tmpdir()} nor /tmp: set TMPDIR to a folder that others may enter, or run as a user of your own`,
  );
}

async function furnish(
  folder: string,
  { runsAs, programs, user, password }: PostgresHomeOptions,
): Promise<PostgresHome> {
  const [data, copy, passwordFile] = [
    join(folder, 'data'),
    join(folder, 'programs'),
    join(folder, 'password'),
  ];
  // A clone of root's can be closed to everybody else.
  const isClosed = runsAs !== null && !(await mayUse(join(programs, 'bin/postgres'), runsAs));
  if (isClosed) await cp(programs, copy, { recursive: true, verbatimSymlinks: true });
  await writeFile(passwordFile, password);
  // With a mask of 077 whoever makes a file is the only one to read it.
  if (runsAs) await giveTo(runsAs, folder);
  const bin = join(isClosed ? copy : programs, 'bin');
  const given = [`--pgdata=${data}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=password'];
  const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
  await promisify(execFile)(join(bin, 'initdb'), [...given, ...locale, '--no-sync'], {
    ...runsAs,
    cwd: folder,
  });
  return { folder, data, bin };
}
