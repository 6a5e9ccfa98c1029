import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, answer, type Fetched, type Listening, listen, passOn } from './listen.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

export interface WebhookRoadOptions {
  /** Where living replicas answer. */
  living: () => readonly string[];
  random: Random;
  tally: Tally;
}

type Fault = 'lost' | 'late' | 'twice' | 'answer lost';

const patience = 8000;
const taken: Fetched = { status: 200, type: 'application/json', body: Buffer.from('{}') };

/** The one address the bank knows: hands each webhook to a replica that lives, if one does. */
export function openWebhookRoad({ living, random, tally }: WebhookRoadOptions): Promise<Listening> {
  return listen(async (asked, response) => {
    const fault = chooseFault();
    if (fault !== null) tally.count(`webhook: ${fault}`);
    // The bank believes that it arrived and never sends it again.
    if (fault === 'lost') return answer(response, taken);
    if (fault === 'late') await sleep(random.between(100, 4000));
    if (fault === 'twice') await toAnyone(asked).catch(() => undefined);
    const fetched = await toAnyone(asked);
    if (fault === 'answer lost') return void response.destroy();
    answer(response, fetched);
  });

  function chooseFault(): Fault | null {
    if (!tally.stormy || !random.chance(0.3)) return null;
    return random.pick(['lost', 'lost', 'late', 'twice', 'answer lost']);
  }

  async function toAnyone(asked: Asked): Promise<Fetched> {
    const [first, ...others] = living();
    if (first === undefined) {
      tally.count('webhook: nobody there');
      throw new Error('nobody lives');
    }
    return passOn(asked, random.pick([first, ...others]), patience);
  }
}
