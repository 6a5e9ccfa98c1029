import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BankRoad, type Moment, openBankRoad } from './bank-road.ts';
import { type Database, startDatabase } from './databases.ts';
import { type Fleet, launchFleet } from './fleet.ts';
import { createFreezer } from './freezer.ts';
import { createKiller, type Killer } from './killer.ts';
import { type Merchant, openMerchant } from './merchant.ts';
import type { Options } from './options.ts';
import { startProcess } from './processes.ts';
import { createRandom, type Random } from './random.ts';
import type { SandboxNeeds } from './sandbox-process.ts';
import { createTally, type Tally } from './tally.ts';
import { openWebhookRoad } from './webhook-road.ts';

/** Everything that runs: the bank, the replicas on one store, the roads between them, the merchant. */
export interface World {
  readonly options: Options;
  readonly random: Random;
  readonly tally: Tally;
  /** Origin of the bank itself, past all roads. */
  readonly bank: string;
  readonly bankRoads: readonly BankRoad[];
  readonly merchant: Merchant;
  readonly database: Database;
  readonly fleet: Fleet;
  readonly killer: Killer;
  /** Origin of the page that the recipients look at. */
  readonly origin: string;
  readonly ticketKey: string;
  readonly audience: string;
  readonly signal: AbortSignal;
  /** Ends everything at once and leaves nothing behind. */
  close(): Promise<void>;
}

export interface WorldOptions {
  options: Options;
  signal: AbortSignal;
  onKill: () => void;
}

const project = 'crash_test';
const origin = 'https://shop.example';

/** Brings a world up; if that fails, nothing of it is left. */
export async function createWorld(given: WorldOptions): Promise<World> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await build(given, (closer) => closers.push(closer))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  { options, signal, onKill }: WorldOptions,
  atEnd: (closer: () => Promise<unknown>) => void,
): Promise<Omit<World, 'close'>> {
  const random = createRandom(options.seed);
  const tally = createTally();
  const folder = await mkdtemp(join(tmpdir(), 'b131-crash-test-'));
  if (!options.keep) atEnd(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  // Roads are open before there is anybody at their ends.
  let fleet: Fleet | null = null;
  const living = () => fleet?.living() ?? [];

  const noticeSecret = `whsec_${randomBytes(32).toString('base64')}`;
  const merchant = await openMerchant({ secret: noticeSecret, random: random.fork(1), tally });
  atEnd(merchant.close);
  const webhookRoad = await openWebhookRoad({ living, random: random.fork(2), tally });
  atEnd(webhookRoad.close);
  const keysDir = join(folder, 'keys');
  const bank = await startBank(
    { keysDir, project, webhookUrl: `${webhookRoad.url}/webhooks/bank131`, processingMs: 120 },
    atEnd,
  );
  const database = await startDatabase(options.store, folder, random.fork(6));
  atEnd(database.close);

  const killer = createKiller({
    ...{ kills: options.kills, random: random.fork(3), signal, onKill },
    fleet: () => fleet,
  });
  const freeze = createFreezer({ fleet: () => fleet, random: random.fork(7), tally });
  const onMoment = (moment: Moment) => {
    killer.onMoment(moment);
    freeze(moment);
  };
  const bankRoads: BankRoad[] = [];
  for (let replica = 0; replica < options.replicas; replica += 1) {
    const road = await openBankRoad({
      ...{ replica, bank, random: random.fork(100 + replica), tally, onMoment },
    });
    atEnd(road.close);
    bankRoads.push(road);
  }

  const ticketKey = randomBytes(32).toString('base64');
  const secret = randomBytes(32).toString('base64');
  const modes = random.fork(4);
  fleet = launchFleet({
    replicas: options.replicas,
    needs: (replica) => ({
      store: database.address,
      bank: bankRoads[replica]?.url ?? bank,
      keys: {
        partnerPrivate: join(keysDir, 'partner-private.pem'),
        bankPublic: join(keysDir, 'bank-public.pem'),
      },
      ...{ project, ticketKey, secret, origin },
      notify: { url: `${merchant.url}/notices`, secret: noticeSecret },
      // As while a change of the settings is being rolled out: replicas of both kinds on one store.
      confirm: modes.pick(['automatic', 'recipient']),
    }),
  });
  atEnd(fleet.abandon);

  const audience = `sandbox:${project}`;
  const parts = { options, random, tally, bank, bankRoads, merchant, database, fleet, killer };
  return { ...parts, origin, ticketKey, audience, signal };
}

async function startBank(
  needs: SandboxNeeds,
  atEnd: (closer: () => Promise<unknown>) => void,
): Promise<string> {
  const started = startProcess('sandbox-process.ts', needs);
  atEnd(() => {
    started.signal('SIGKILL');
    return started.exited;
  });
  return started.listening;
}
