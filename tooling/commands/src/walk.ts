import { readFileSync } from 'node:fs';
import { repository } from '@b131/snippets';
import { type Command, commandsIn } from './find.ts';
import { proofOf } from './proof.ts';

/** A document in the hands of somebody who types what it says. */
export interface Walk {
  /** All of a block of shell: the one that begins so. */
  block(beginning: string): string;
  /** One command of a sentence, or of a block. */
  command(beginning: string): string;
  /** What the table says is typed here, and was not. */
  left(): string[];
}

/** @param ports which the document names, and free ones to take in their place */
export function walk(document: string, test: string, ports: ReadonlyMap<string, string> = new Map()): Walk {
  const commands = commandsIn(document, readFileSync(`${repository}${document}`, 'utf8'));
  const typed = new Set<Command>();

  function take(beginning: string, which: (command: Command, first: Command) => boolean): string {
    const first = commands.find((command) => command.text.startsWith(beginning) && !typed.has(command));
    if (!first) throw new Error(`${document} has no command (left) that begins with ${beginning}`);
    const taken = commands.filter((command) => which(command, first));
    for (const command of taken) typed.add(command);
    return taken
      .map(({ text }) => text)
      .join('\n')
      .replaceAll(/\b\d{4}\b/g, (port) => ports.get(port) ?? port);
  }

  return {
    block: (beginning) => take(beginning, ({ block }, first) => block !== null && block === first.block),
    command: (beginning) => take(beginning, (command, first) => command === first),
    left: () =>
      commands
        .filter((command) => !typed.has(command) && typedHere(command, test))
        .map(({ line, text }) => `${document}:${line} ${text}`),
  };
}

function typedHere(command: Command, test: string): boolean {
  const proof = proofOf(command);
  return proof !== null && 'typedBy' in proof && proof.typedBy.endsWith(test);
}
