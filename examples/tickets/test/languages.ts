import { spawnSync } from 'node:child_process';

/** How a recipe is run, and what tells whether its language is here. */
export interface Recipe {
  language: string;
  file: string;
  run: readonly [command: string, ...args: string[]];
  probe: readonly [command: string, ...args: string[]];
  /** How the file is called in a fence of the docs. */
  fence: string;
}

export const recipes: readonly Recipe[] = [
  { language: 'PHP', file: 'php/ticket.php', run: ['php'], probe: ['php', '--version'], fence: 'php' },
  {
    language: 'Python',
    file: 'python/ticket.py',
    run: ['python3'],
    probe: ['python3', '--version'],
    fence: 'python',
  },
  { language: 'Ruby', file: 'ruby/ticket.rb', run: ['ruby'], probe: ['ruby', '--version'], fence: 'ruby' },
  { language: 'Go', file: 'go/ticket.go', run: ['go', 'run'], probe: ['go', 'version'], fence: 'go' },
  {
    language: 'Java',
    file: 'java/Ticket.java',
    // Before Java 18 a source is read in the encoding of the locale.
    run: ['java', '-Dfile.encoding=UTF-8'],
    probe: ['javac', '--version'],
    fence: 'java',
  },
  {
    language: 'Node',
    file: 'node/ticket.mjs',
    run: [process.execPath],
    probe: [process.execPath, '--version'],
    fence: 'js',
  },
  {
    language: 'Node, with the kit',
    file: 'node/mint-ticket.mjs',
    run: [process.execPath],
    probe: [process.execPath, '--version'],
    fence: 'js',
  },
];

/** False only when there is no such program: one that is there and fails is a failure of the recipe. */
export function isInstalled({ probe: [command, ...args] }: Recipe): boolean {
  const { error } = spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 });
  return !(error && 'code' in error && error.code === 'ENOENT');
}
