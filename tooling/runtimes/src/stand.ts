import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServedSandbox, serveSandbox } from '@b131/sandbox/node';
import type { Host, Runtime } from './host.ts';
import type { HostConfig } from './host-config.ts';
import { makeKeys } from './keys.ts';

/** A runtime with the application in it, and the bank it talks to: outside, in a process of another kind. */
export interface Stand {
  host: Host;
  config: HostConfig;
  bank: ServedSandbox;
  stop(): Promise<void>;
}

const project = 'runtimes';

/** Brings up the sandbox, then the runtime. */
export async function startStand(runtime: Runtime): Promise<Stand> {
  const folder = await mkdtemp(join(tmpdir(), 'b131-runtimes-'));
  const keysDir = join(folder, 'keys');
  const keys = await makeKeys(keysDir);
  const bank = await serveSandbox({ port: 0, keysDir, project, settings: { processingMs: 200 } });
  const config: HostConfig = {
    ...keys,
    bankApi: bank.url,
    project,
    bankPublicKey: bank.keys.bankPublicKey,
    origin: 'https://shop.example',
    folder,
  };
  const sweep = async () => {
    await bank.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const host = await runtime.start(config);
    return {
      host,
      config,
      bank,
      async stop() {
        await host.stop();
        await sweep();
      },
    };
  } catch (error) {
    await sweep();
    throw error;
  }
}
