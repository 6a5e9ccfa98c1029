import { setTimeout as sleep } from 'node:timers/promises';
import { type Stand, startStand } from '../stand.ts';
import type { TargetReport } from '../target-protocol.ts';
import { createRecipients, type Followed } from './recipients.ts';

export interface StreamsOptions {
  /** Open at once. */
  streams: number;
  /** How long they are held while nothing happens, in seconds. */
  rest: number;
  /** How long they are held while payouts go on. */
  seconds: number;
  /** Connects and disconnects afterwards. */
  churn: number;
}

export interface StreamsReport {
  /** Without streams, warm. */
  before: TargetReport;
  /** With all of them. */
  held: TargetReport;
  /** Microseconds of CPU that opening them took, and what they took while nothing happened. */
  opening: number;
  resting: number;
  /** How many ended by themselves. */
  dropped: number;
  payouts: Paid;
  /** Microseconds of CPU while they were held. */
  cpu: number;
  /** Once all readers have left. */
  left: TargetReport;
  /** Once many more have come and gone. */
  after: TargetReport;
}

interface Paid {
  count: number;
  failed: number;
  /** The slowest one, in milliseconds from the ticket to the end. */
  slowest: number;
}

const perPayout = 20;
const atOnce = 16;
const payers = 4;

/** Holds streams open while payouts go on, then lets readers come and go. */
export async function holdStreams({ streams, rest, seconds, churn }: StreamsOptions): Promise<StreamsReport> {
  const stand = await startStand({ confirm: 'automatic' });
  try {
    const recipients = createRecipients(stand);
    // Warm: what is loaded once and kept is no leak.
    await payUntil(recipients, Date.now() + 2000);
    const waiting: Followed[] = [];
    for (let n = 0; n < streams; n += perPayout) waiting.push(await recipients.begin('94'));
    await comeAndGo(recipients, waiting, 500);
    const before = await quiet(stand);

    let ended = 0;
    const open: { leave(): void }[] = [];
    for (let n = 0; n < streams; n += 1) {
      open.push(
        await recipients.follow(at(waiting, n), () => {
          ended += 1;
        }),
      );
    }
    const held = await stand.measure();
    await sleep(rest * 1000);
    const rested = await stand.measure();
    const payouts = await payUntil(recipients, Date.now() + seconds * 1000);
    const { cpu } = await stand.measure();
    const dropped = ended;
    for (const { leave } of open) leave();
    const left = await quiet(stand);
    await comeAndGo(recipients, waiting, churn);
    const used = { opening: held.cpu - before.cpu, resting: rested.cpu - held.cpu, cpu: cpu - rested.cpu };
    return { before, held, dropped, payouts, ...used, left, after: await quiet(stand) };
  } finally {
    await stand.stop();
  }
}

type Recipients = ReturnType<typeof createRecipients>;

/** Begins payouts and waits for the end of each, until the time is over. */
async function payUntil(recipients: Recipients, end: number): Promise<Paid> {
  const paid: Paid = { count: 0, failed: 0, slowest: 0 };
  const payer = async () => {
    while (Date.now() < end) {
      const began = Date.now();
      const isPaid = await succeeds(recipients, await recipients.begin('00'));
      paid.count += 1;
      if (!isPaid) paid.failed += 1;
      paid.slowest = Math.max(paid.slowest, Date.now() - began);
      await sleep(200);
    }
  };
  await Promise.all(Array.from({ length: payers }, payer));
  return paid;
}

async function succeeds(recipients: Recipients, payout: Followed): Promise<boolean> {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await recipients.statusOf(payout)) === 'succeeded') return true;
    await sleep(100);
  }
  return false;
}

async function comeAndGo(recipients: Recipients, payouts: readonly Followed[], times: number): Promise<void> {
  let next = 0;
  const reader = async () => {
    while (next < times) {
      next += 1;
      const { leave } = await recipients.follow(at(payouts, next));
      leave();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
}

/** What the server says of itself once nobody is connected any more, or after so long that somebody seems stuck. */
async function quiet(stand: Stand): Promise<TargetReport> {
  for (let tries = 0; ; tries += 1) {
    const report = await stand.measure();
    const isQuiet = report.load.streams === 0 && report.sockets === 0;
    if (isQuiet || tries === 150) return report;
    await sleep(200);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const [found] = list.slice(index % list.length);
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
