import { readFileSync } from 'node:fs';

const folder = new URL('../fixtures/', import.meta.url);

/** The text of a fixture. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** A fixture's JSON. */
export function fixture(name: string): unknown {
  return JSON.parse(fixtureText(`${name}.json`));
}
