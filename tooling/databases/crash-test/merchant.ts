import { setTimeout as sleep } from 'node:timers/promises';
import { verifyNotice } from '@b131/bff';
import { type Asked, answer, type Listening, listen } from './listen.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

export interface Merchant extends Listening {
  /** Ids of the notices that came with a good signature, with the reference and the status they told of. */
  readonly told: ReadonlyMap<string, { ref: string; status: string }>;
  /** What came and should not have. */
  readonly oddities: readonly string[];
}

export interface MerchantOptions {
  secret: string;
  random: Random;
  tally: Tally;
}

/** The merchant's server: takes notices, and fails now and then, but no notice more than once. */
export async function openMerchant({ secret, random, tally }: MerchantOptions): Promise<Merchant> {
  const told = new Map<string, { ref: string; status: string }>();
  const oddities: string[] = [];
  const failedBefore = new Set<string>();

  const listening = await listen(async (asked, response) => {
    const id = asked.headers['webhook-id'] ?? '';
    const fault = chooseFault(id);
    if (fault === 'refuses') return answer(response, reply(500));
    if (fault === 'is slow') await sleep(random.between(500, 2500));
    if (!(await take(id, asked))) return answer(response, reply(400));
    if (fault === 'takes it and hangs up') return void response.destroy();
    answer(response, reply(204));
  });
  return { ...listening, told, oddities };

  async function take(id: string, { headers, body }: Asked): Promise<boolean> {
    const text = body.toString();
    if (!(await verifyNotice(text, headers, secret))) {
      oddities.push(`a notice with a bad signature: ${id} ${text}`);
      return false;
    }
    const { data }: { data: { ref: string; status: string } } = JSON.parse(text);
    const before = told.get(id);
    if (before && before.status !== data.status) oddities.push(`notice ${id} changed what it tells`);
    told.set(id, { ref: data.ref, status: data.status });
    return true;
  }

  function chooseFault(id: string) {
    if (!tally.stormy || failedBefore.has(id) || !random.chance(0.15)) return null;
    failedBefore.add(id);
    const fault = random.pick(['refuses', 'is slow', 'takes it and hangs up'] as const);
    tally.count(`merchant: ${fault}`);
    return fault;
  }
}

function reply(status: number) {
  return { status, type: 'text/plain', body: Buffer.alloc(0) };
}
