import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '@b131/bff';
import type { Movement, SessionView, SettingsPatch } from '@b131/sandbox';
import { createBrowser } from './browser.ts';
import { openStore } from './databases.ts';
import { type Evidence, type File, type Finding, judge, judgeStrays, readFile, waitsFor } from './judge.ts';
import type { Options } from './options.ts';
import { newStory, playRecipient, type Story } from './recipient.ts';
import type { Verdict } from './verdict.ts';
import { createWorld, type World } from './world.ts';

/** Prints one line. */
export type Say = (line: string) => void;

/** Lets a world live through its storm, waits until it is at rest, and judges it. */
export async function crash(options: Options, say: Say, signal: AbortSignal): Promise<Verdict> {
  let onKill = () => {};
  // Those who still wait for something when it is over must not wait for ever.
  const over = new AbortController();
  const whileItLasts = AbortSignal.any([signal, over.signal]);
  const world = await createWorld({ options, signal: whileItLasts, onKill: () => onKill() });
  try {
    const crowd = createCrowd(world);
    const restarts = createRestarts(world, say);
    onKill = () => {
      crowd.release(world.killer.kills);
      restarts.consider(world.killer.kills);
    };
    const stopTelling = tellProgress(world, crowd, say);
    try {
      await storm(world, crowd, restarts);
      say(`calm after ${world.killer.kills} kills, at: ${world.killer.inWords()}`);
      say(`faults: ${world.tally.inWords()}`);
      return await settle(world, crowd, say);
    } finally {
      stopTelling();
    }
  } finally {
    over.abort();
    await world.close();
  }
}

/** The recipients of a world. */
interface Crowd {
  readonly stories: readonly Story[];
  /** Those who play no more. */
  readonly done: ReadonlySet<Story>;
  /** Lets as many begin as the number of kills allows, so that there are some at work at every kill. */
  release(kills: number): void;
  /** Lets all the others begin. */
  releaseAll(): void;
  readonly oddities: readonly string[];
}

function createCrowd(world: World): Crowd {
  const { options, random, tally, bank, fleet, origin, ticketKey, audience, signal } = world;
  const stories: Story[] = [];
  const done = new Set<Story>();
  const oddities: string[] = [];
  const { living } = fleet;

  function begin(number: number): void {
    const own = random.fork(1000 + number);
    const onOddity = (oddity: string) => void oddities.push(oddity);
    const browser = createBrowser({ living, bank, origin, random: own, signal, onOddity });
    const story = newStory({ number, random: own });
    stories.push(story);
    playRecipient(story, { number, browser, random: own, tally, ticketKey, audience, signal })
      .catch((error: unknown) => {
        if (!signal.aborted) story.oddities.push(`gave up: ${String(error)}`);
      })
      .finally(() => done.add(story));
  }

  function releaseTo(count: number): void {
    while (stories.length < Math.min(count, options.payouts)) begin(stories.length);
  }

  return {
    ...{ stories, done, oddities },
    release: (kills) => releaseTo(Math.ceil((options.payouts * (kills + 1)) / (options.kills + 1))),
    releaseAll: () => releaseTo(options.payouts),
  };
}

/** Restarts of the database, spread over the storm. */
interface Restarts {
  consider(kills: number): void;
  /** Waits for the one under way. */
  settled(): Promise<void>;
}

function createRestarts({ database, options, tally }: World, say: Say): Restarts {
  const { restart } = database;
  const times = restart ? [0.2, 0.4, 0.6, 0.8].map((share) => Math.ceil(share * options.kills)) : [];
  let underWay = Promise.resolve();
  return {
    consider(kills) {
      if (!restart || !times.includes(kills)) return;
      say('the database goes down');
      tally.count('database restarted');
      underWay = underWay.then(restart).then(() => say('the database is up again'));
      // Whoever waits learns of a failure.
      underWay.catch(() => undefined);
    },
    settled: () => underWay,
  };
}

async function storm(world: World, crowd: Crowd, restarts: Restarts): Promise<void> {
  const { fleet, signal } = world;
  await waitUntil(() => fleet.living().length > 0, signal, 60_000, 'no replica came up');
  crowd.release(0);
  await Promise.all([changeWeather(world), killAll(world, crowd, restarts)]);
  await setBank(world, { webhooks: true, processingMs: 50 });
}

async function killAll({ killer, tally }: World, crowd: Crowd, restarts: Restarts): Promise<void> {
  await killer.run();
  crowd.releaseAll();
  await restarts.settled();
  tally.calmDown();
}

/** The bank sends no webhooks for a while, and is now quick, now slow. */
async function changeWeather(world: World): Promise<void> {
  const { tally, signal } = world;
  const random = world.random.fork(5);
  while (tally.stormy && !signal.aborted) {
    await Promise.race([tally.calm, sleep(random.between(1000, 4000), undefined, { signal })]);
    if (!tally.stormy) return;
    const webhooks = random.chance(0.6);
    if (!webhooks) tally.count('bank: sends no webhooks for a while');
    await setBank(world, { webhooks, processingMs: random.pick([20, 60, 200, 600]) });
  }
}

async function setBank({ bank, signal }: World, patch: SettingsPatch): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(patch);
  const response = await fetch(`${bank}/sandbox/settings`, { method: 'PATCH', headers, body, signal });
  if (!response.ok) throw new Error(`the sandbox refused its settings: ${await response.text()}`);
}

/** Waits until every payout is at its end, and everybody knows of it; then asks everybody. */
async function settle(world: World, crowd: Crowd, say: Say): Promise<Verdict> {
  const { options, database, audience, fleet, bankRoads, signal } = world;
  const store = await openStore(database.address);
  try {
    const files = new Map<string, File>();
    const isSettled = async (story: Story) => {
      const file = await readFile(store, audience, story.ref);
      if (file) files.set(story.ref, file);
      return crowd.done.has(story) && waitsFor(file) === null;
    };
    const left = await settleAll(crowd.stories, isSettled, options.patience * 1000, signal);
    for (const { ref } of left.slice(0, 20)) say(`${ref} waits for ${waitsFor(files.get(ref) ?? null)}`);
    // What is late on the roads may still reach the bank.
    await waitUntil(() => bankRoads.every(({ busy }) => busy === 0), signal, 30_000, 'the roads stay busy');
    await fleet.close();
    return await conclude(world, crowd, store);
  } finally {
    await store.close();
  }
}

/** Looks at those that are not settled until none is left or patience is out; gives back those. */
async function settleAll(
  stories: readonly Story[],
  isSettled: (story: Story) => Promise<boolean>,
  patience: number,
  signal: AbortSignal,
): Promise<Story[]> {
  const giveUpAt = Date.now() + patience;
  let left = [...stories];
  for (;;) {
    const next: Story[] = [];
    for (const story of left) if (!(await isSettled(story))) next.push(story);
    left = next;
    if (left.length === 0 || Date.now() > giveUpAt) return left;
    await sleep(500, undefined, { signal });
  }
}

async function conclude(world: World, crowd: Crowd, store: Store): Promise<Verdict> {
  const { bank, merchant, fleet, audience, killer, tally, signal } = world;
  const { movements }: { movements: Movement[] } = await ask(`${bank}/sandbox/ledger`, signal);
  const { sessions }: { sessions: SessionView[] } = await ask(`${bank}/sandbox/sessions`, signal);
  const { stories } = crowd;
  const evidence: Evidence = { ledger: movements, sessions, stories, told: new Set(merchant.told.keys()) };
  const files = new Map<string, File>();
  const findings: Finding[] = [];
  for (const story of stories) {
    const file = await readFile(store, audience, story.ref);
    if (file) files.set(story.ref, file);
    findings.push(...judge(story, file, evidence));
  }
  findings.push(...judgeStrays(evidence, [...files.values()]));
  const odd = {
    'the replicas': fleet.oddities,
    'the merchant': merchant.oddities,
    'the answers': crowd.oddities,
  };
  for (const [about, oddities] of Object.entries(odd)) {
    for (const what of oddities) findings.push({ charge: 'wrong', about, what });
  }
  return { payouts: stories.length, kills: killer.kills, faults: tally.total, findings, files };
}

async function ask<T>(url: string, signal: AbortSignal): Promise<T> {
  const answer: T = JSON.parse(await (await fetch(url, { signal })).text());
  return answer;
}

async function waitUntil(
  condition: () => boolean,
  signal: AbortSignal,
  patience: number,
  otherwise: string,
): Promise<void> {
  const giveUpAt = Date.now() + patience;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await sleep(50, undefined, { signal });
  }
}

/** A line now and then, so that nobody wonders. */
function tellProgress({ options, killer, fleet, tally }: World, crowd: Crowd, say: Say): () => void {
  const from = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - from) / 1000);
    const alive = `${fleet.living().length} of ${options.replicas} replicas alive`;
    const payouts = `${crowd.stories.length} of ${options.payouts} payouts begun, ${crowd.done.size} over`;
    say(
      `${seconds} s: ${killer.kills} of ${options.kills} kills, ${payouts}, ${tally.total} faults, ${alive}`,
    );
  }, 3000);
  return () => clearInterval(timer);
}
