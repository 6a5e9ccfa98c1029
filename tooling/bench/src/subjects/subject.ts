import { z } from 'zod';
import type { SubjectConfig, Usage } from '../stand/protocol.ts';

const config = z.object({
  bank: z.string(),
  project: z.string(),
  ticketKey: z.string(),
  privateKey: z.string(),
  bankPublicKey: z.string(),
  folder: z.string(),
  postgres: z.string().optional(),
  variant: z.string().optional(),
});

/** What this process was told to be. */
export function readSubjectConfig(): SubjectConfig {
  const { postgres, variant, ...rest } = config.parse(JSON.parse(process.env.BENCH_SUBJECT ?? '{}'));
  return {
    ...rest,
    ...(postgres === undefined ? {} : { postgres }),
    ...(variant === undefined ? {} : { variant }),
  };
}

/** Tells where it answers, and from then on what it has used whenever it is asked. */
export function report(url: string): void {
  process.on('message', (word) => {
    if (word === 'usage') process.send?.(usage());
  });
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());
  process.send?.({ url });
}

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed: heap, rss } = process.memoryUsage();
  return { cpu: user + system, heap, rss };
}
