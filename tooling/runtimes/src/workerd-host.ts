import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { storeChecks } from '@b131/bff/testing';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import type { Host } from './host.ts';
import type { HostConfig } from './host-config.ts';

/** Starts the Worker in workerd, with D1, as wrangler would bundle it. */
export async function startWorkerd(config: HostConfig): Promise<Host> {
  const databases = ['DB', ...storeChecks.map((_, index) => `CHECK_${index}`)];
  let log = '';
  const workerd = new Miniflare({
    modules: true,
    script: await bundle(),
    compatibilityDate: '2026-07-01',
    host: '127.0.0.1',
    port: 0,
    bindings: { CONFIG: { ...config } },
    d1Databases: Object.fromEntries(databases.map((name) => [name, name])),
    unsafeTriggerHandlers: true,
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      for (const stream of [stdout, stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          log = (log + text).slice(-20_000);
        });
      }
    },
  });
  const url = (await workerd.ready).origin;
  return {
    url,
    async cron() {
      const response = await fetch(`${url}/cdn-cgi/handler/scheduled`);
      if (!response.ok) throw new Error(`the scheduled event failed: ${await response.text()}`);
    },
    log: () => log,
    stop: () => workerd.dispose(),
  };
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('hosts/worker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
