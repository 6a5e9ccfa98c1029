import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { stopProcess } from './stop-process.ts';

/** A screen that nobody sees, for a browser that wants one. */
export interface Screen {
  /** For the variable DISPLAY. */
  readonly display: string;
  stop(): Promise<void>;
}

/** Starts Xvfb on a display that it finds free itself, and tells. */
export async function startScreen(program: string): Promise<Screen> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const display = `:${await firstLine(child)}`;
  return { display, stop: () => stopProcess(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  const channel: Readable | null = isReadable(child.stdio[3]) ? child.stdio[3] : null;
  let said = '';
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    channel?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
  });
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'read' in stream;
}
