import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where each needed program is; null for one that is not on this machine. */
export type Programs = Readonly<Record<string, string | null>>;

export type ProgramFinder = () => Promise<Programs>;

/** Looks for programs, each under several names: on PATH, or at the very place. */
export async function whereIs(wanted: Readonly<Record<string, readonly string[]>>): Promise<Programs> {
  const entries = Object.entries(wanted).map(async ([name, names]) => [name, await first(names)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The place of a program that must be there. */
export function placeOf(programs: Programs, name: string): string {
  const place = programs[name];
  if (!place) throw new Error(`The program for "${name}" is missing`);
  return place;
}

async function first(names: readonly string[]): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = names.flatMap((name) =>
    isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name)),
  );
  for (const place of places) if (await isProgram(place)) return place;
  return null;
}

async function isProgram(place: string): Promise<boolean> {
  return access(place, constants.X_OK).then(
    () => true,
    () => false,
  );
}
