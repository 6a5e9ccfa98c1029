import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveSandbox } from '@b131/sandbox/node';
import { type Canaries, makeCanaries } from './canaries.ts';
import type { TargetConfig, TargetReport } from './target-protocol.ts';

/** A real server with a bank behind it, and everything it has printed. */
export interface Stand {
  url: string;
  origin: string;
  project: string;
  /** Where the bank answers. */
  bank: string;
  canaries: Canaries;
  measure(): Promise<TargetReport>;
  /** What the server printed so far. */
  printed(): string;
  /** Whether the server's process is still there. */
  lives(): boolean;
  stop(): Promise<void>;
}

const project = 'fuzz';
const origin = 'https://shop.example';

/** Starts the bank here and the server in a process of its own. */
export async function startStand({ confirm }: Pick<TargetConfig, 'confirm'>): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-fuzz-'));
  const { publicKey, ...canaries } = makeCanaries();
  const keysDir = join(folder, 'keys');
  await mkdir(keysDir);
  await writeFile(join(keysDir, 'partner-public.pem'), publicKey);
  const bank = await serveSandbox({ port: 0, keysDir, project, settings: { processingMs: 50 } });
  const config: TargetConfig = {
    ...{ canaries, project, origin, confirm },
    ...{ bankApi: bank.url, bankPublicKey: bank.keys.bankPublicKey },
  };
  const target = fork(fileURLToPath(new URL('target.ts', import.meta.url)), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, FUZZ_TARGET: JSON.stringify(config) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  for (const output of [target.stdout, target.stderr])
    output?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });

  const ended = once(target, 'exit').then(() => {
    throw new Error(`the server ended:\n${printed.slice(-4000)}`);
  });
  ended.catch(() => undefined);

  async function told<K extends string>(key: K): Promise<unknown> {
    for (;;) {
      const waiting = new AbortController();
      const message = once(target, 'message', { signal: waiting.signal });
      const [value] = await Promise.race([message, ended]).finally(() => waiting.abort());
      if (typeof value === 'object' && value !== null && key in value) return value[key];
    }
  }

  const stop = async () => {
    if (target.connected) {
      target.send('stop');
      await once(target, 'exit');
    }
    await bank.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = String(await told('url'));
    return {
      ...{ url, origin, project, canaries, stop },
      bank: bank.url,
      printed: () => printed,
      lives: () => target.exitCode === null && target.signalCode === null,
      async measure() {
        const report = told('report');
        target.send('measure');
        // Our own process wrote it a moment ago.
        return (await report) as TargetReport;
      },
    };
  } catch (error) {
    await bank.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
