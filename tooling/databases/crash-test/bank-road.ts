import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, answer, type Fetched, type Listening, listen, passOn } from './listen.ts';
import type { Random } from './random.ts';
import type { Tally } from './tally.ts';

/** Where a call of a replica to the bank is just now. */
export interface Moment {
  replica: number;
  /** Such as `session/confirm`. */
  method: string;
  /** On its way; done by the bank but not answered; answered. */
  phase: 'asked' | 'acted' | 'answered';
}

export interface BankRoadOptions {
  replica: number;
  bank: string;
  random: Random;
  tally: Tally;
  onMoment: (moment: Moment) => void;
}

type Fault = 'late' | 'answer late' | 'lost' | 'answer lost' | 'page' | 'twice';

const patience = 15_000;

export interface BankRoad extends Listening {
  /** How many calls are on it. */
  readonly busy: number;
}

/**
 * The road from one replica to the bank. It knows to the call where that replica is, and loses, delays and doubles as
 * networks do. What is on its way arrives even if the replica that sent it has been killed.
 */
export async function openBankRoad({
  replica,
  bank,
  random,
  tally,
  onMoment,
}: BankRoadOptions): Promise<BankRoad> {
  let busy = 0;
  const listening = await listen(async (asked, response) => {
    busy += 1;
    await travel(asked, response).finally(() => {
      busy -= 1;
    });
  });
  return {
    ...listening,
    get busy() {
      return busy;
    },
  };

  async function travel(asked: Asked, response: ServerResponse): Promise<void> {
    const method = asked.path.replace(/^\/api\/v\d+\//, '');
    const fault = chooseFault();
    if (fault !== null) tally.count(`bank: ${fault}`);
    onMoment({ replica, method, phase: 'asked' });
    if (fault === 'lost') return void response.destroy();
    if (fault === 'late') await sleep(random.between(200, 6000));
    const fetched = await carry(asked, fault);
    onMoment({ replica, method, phase: 'acted' });
    if (fault === 'answer late') await sleep(random.between(200, 3000));
    deliver(response, fetched, fault);
    onMoment({ replica, method, phase: 'answered' });
  }

  function chooseFault(): Fault | null {
    if (!tally.stormy || !random.chance(0.08)) return null;
    return random.pick(['late', 'answer late', 'lost', 'answer lost', 'page', 'twice']);
  }

  async function carry(asked: Asked, fault: Fault | null): Promise<Fetched> {
    const first = await passOn(asked, bank, patience);
    return fault === 'twice' ? passOn(asked, bank, patience) : first;
  }
}

const errorPage: Fetched = {
  status: 502,
  type: 'text/html',
  body: Buffer.from('<html><title>502 Bad Gateway</title></html>'),
};

function deliver(response: ServerResponse, fetched: Fetched, fault: Fault | null): void {
  if (fault === 'answer lost') response.destroy();
  else answer(response, fault === 'page' ? errorPage : fetched);
}
