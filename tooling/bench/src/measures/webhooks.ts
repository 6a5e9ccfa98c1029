import { createPrivateKey, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { type Context, type Measure, ratios } from '../figures.ts';
import { interleave } from '../rounds.ts';
import { openStand, type Subject } from '../stand/stand.ts';
import { waitingPayouts } from '../subjects/webhook-table.ts';

interface Signed {
  body: Buffer;
  signature: string;
}

const inFlight = 16;

/** Webhooks taken, verified and stored so that nothing loses them. */
export const webhooks: Measure = {
  name: 'webhooks',
  title: 'Webhooks',
  async run({ quick, progress }: Context) {
    const [rounds, count, warm] = quick ? [3, 150, 300] : [7, 500, 1500];
    const stand = await openStand();
    try {
      const kit = await stand.start({ name: 'kit', module: 'webhooks-kit' });
      const floor = await stand.start({ name: 'floor', module: 'webhooks-floor' });
      const make = webhookMaker(stand.bankKey);
      for (const subject of [kit, floor]) {
        progress(`webhooks: warming up ${subject.name}`);
        await sendAll(subject, make(warm));
      }
      const taken = await interleave([kit, floor], rounds, (subject, round) => {
        progress(`webhooks: round ${round + 1} of ${rounds}, ${subject.name}`);
        return sendAll(subject, make(count));
      });
      const of = (subject: Subject) => taken.get(subject) ?? [];
      const cpu = (subject: Subject) => of(subject).map((one) => one.cpu);
      const wall = of(kit).map(({ perSecond }) => perSecond);
      return {
        name: 'webhooks',
        figures: [
          {
            ...{ id: 'webhooks.cpu', unit: '×', values: ratios(cpu(kit), cpu(floor)) },
            what: 'CPU a webhook, over a verification and a durable insert',
          },
          {
            ...{ id: 'webhooks.per-cpu', unit: '/s', values: cpu(kit).map((each) => 1e6 / each) },
            what: 'webhooks a CPU second',
          },
          { id: 'webhooks.wall', what: 'webhooks a second by the wall', unit: '/s', values: wall },
        ],
      };
    } finally {
      await stand.close();
    }
  },
};

/** Signs webhooks, each of which differs from all others. */
function webhookMaker(privateKey: string): (count: number) => Signed[] {
  const key = createPrivateKey(privateKey);
  let made = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      made += 1;
      const session = {
        ...{ id: `ps_${(made % waitingPayouts) + 1}`, status: 'in_progress', next_action: 'confirm' },
        ...{ created_at: '2026-11-25T10:00:00.000000Z', updated_at: `2026-11-25T10:00:00.${made}Z` },
        payout_list: [{ id: `po_${made}`, status: 'pending', created_at: '2026-11-25T10:00:00.000000Z' }],
      };
      const body = Buffer.from(JSON.stringify({ type: 'ready_to_confirm', session }));
      return { body, signature: sign('sha256', body, key).toString('base64') };
    });
}

async function sendAll(
  subject: Subject,
  all: readonly Signed[],
): Promise<{ cpu: number; perSecond: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const queue = [...all];
  const before = await subject.usage();
  const from = performance.now();
  const lane = async () => {
    for (let one = queue.pop(); one; one = queue.pop()) await send(agent, subject, one);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - from) / 1000;
  const after = await subject.usage();
  agent.destroy();
  return { cpu: (after.cpu - before.cpu) / all.length, perSecond: all.length / seconds };
}

function send(agent: Agent, { url }: Subject, { body, signature }: Signed): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-partner-sign': signature,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/webhooks/bank131`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a webhook was answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
