// The stub of the bank in a process of its own: what it does counts for nobody.
import { z } from 'zod';
import type { BankWord } from '../protocol.ts';
import { createStubBank } from './bank.ts';

const order = z.discriminatedUnion('order', [
  z.object({ order: z.literal('tenant'), name: z.string(), webhooks: z.string() }),
  z.object({ order: z.literal('sessions'), count: z.number() }),
  z.object({ order: z.literal('counts'), name: z.string() }),
]);

const say = (word: BankWord) => process.send?.(word);
const ended = new Map<string, string[]>();

const bank = createStubBank(process.env.BENCH_BANK_KEY ?? '', (tenant, ref) => {
  if (ended.size === 0) setTimeout(tellEnded, 5);
  ended.set(tenant, [...(ended.get(tenant) ?? []), ref]);
});

process.on('message', (message) => {
  const asked = order.parse(message);
  if (asked.order === 'counts') return say({ word: 'counts', calls: bank.counts(asked.name) });
  if (asked.order === 'tenant') bank.addTenant(asked.name, asked.webhooks);
  else bank.prepare(asked.count);
  return say({ word: 'done' });
});
process.on('disconnect', () => process.exit());
say({ word: 'listening', url: await bank.listen() });

function tellEnded(): void {
  for (const [tenant, refs] of ended) say({ word: 'ended', tenant, refs });
  ended.clear();
}
