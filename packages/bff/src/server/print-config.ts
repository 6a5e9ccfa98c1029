import type { ReadSettings } from './read-settings.js';
import { type Option, options } from './settings.js';

interface Line {
  option: string;
  value: unknown;
  from: string;
}

/** What a server would run with and where each value comes from; secrets are masked. */
export function configLines(read: ReadSettings): Line[] {
  return options.map((option) => {
    const value: unknown = read.settings[option.name];
    return { option: option.env, value: shown(option, value), from: read.sourceOf(option.name) };
  });
}

export function configInWords(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(({ option }) => option.length));
  return lines
    .map(({ option, value, from }) =>
      value === null
        ? `${option.padEnd(width)}  –\n`
        : `${option.padEnd(width)}  ${inWords(value)}  (${from})\n`,
    )
    .join('');
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function shown({ secret, name }: Option, value: unknown): unknown {
  if (value === undefined) return null;
  if (secret) return Array.isArray(value) ? value.map(() => '********') : '********';
  // Not secret, but nobody reads it.
  if (name === 'bankPublicKeys' && Array.isArray(value)) return `${value.length} of them`;
  return value;
}
