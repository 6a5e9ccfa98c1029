import { createBank131, generateKeyPair } from '@b131/api';
import {
  accountEndingWith,
  createSandbox,
  DEFAULT_BIK,
  type SandboxOptions,
  virtualClock,
} from '@b131/sandbox';
import {
  type Bff,
  type BffEvent,
  type BffOptions,
  createBff,
  type DrainOptions,
  memoryStore,
  mintTicket,
  type Store,
} from '../../src/index.js';

const partnerKeys = await generateKeyPair();
const bankKeys = await generateKeyPair();
const project = 'test_project';
const api = 'http://bank.test';
const ticketKey = { algorithm: 'HS256', key: btoa('k'.repeat(32)) } as const;

export interface Claims {
  ref?: string;
  amount?: number;
  sub?: string;
  full_name?: string;
}

export interface WorldOptions {
  store?: Store;
  bff?: Partial<BffOptions>;
  sandbox?: Partial<SandboxOptions>;
  /** How the world drains its BFF; by default as a scheduler would. */
  drain?: DrainOptions;
  /** No loop listens: requests do by themselves what they set going. */
  edge?: boolean;
  /** Stands between the BFF and the bank; `next` does the real exchange. */
  network?: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** A bank, a BFF and a recipient on one clock that stands still unless moved. */
export async function createWorld(options: WorldOptions = {}) {
  const clock = virtualClock();
  const store = options.store ?? memoryStore({ clock });
  const events: BffEvent[] = [];
  let network = options.network;
  let bff: Bff | null = null;

  const sandbox = createSandbox({
    project,
    partnerPublicKey: partnerKeys.publicKey,
    bankPrivateKey: bankKeys.privateKey,
    clock,
    webhookUrl: 'http://bff.test/webhooks/bank131',
    fetch: async (input, init) => {
      if (!bff) throw new TypeError('nobody listens');
      return bff.fetch(new Request(input, init));
    },
    ...options.sandbox,
  });

  async function bankFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const next = (sent: Request) => sandbox.fetch(sent);
    return network ? network(request, next) : next(request);
  }

  function bffOptions(): BffOptions {
    return {
      bank: createBank131({
        environment: { api },
        project,
        privateKey: partnerKeys.privateKey,
        bankPublicKeys: [bankKeys.publicKey],
        fetch: bankFetch,
        retry: { attempts: 1 },
      }),
      store,
      tickets: { keys: [ticketKey] },
      secret: 's'.repeat(32),
      origins: ['https://shop.test'],
      clock,
      onEvent: (event) => events.push(event),
      ...options.bff,
    };
  }

  /** Starts a BFF, or another one in its place, as after a crash: only the store is the same. */
  function startBff(): Bff {
    bff = createBff(bffOptions());
    if (!options.edge) bff.onWake(() => {});
    return bff;
  }

  startBff();
  const current = (): Bff => bff ?? startBff();

  const ticket = (claims: Claims = {}) =>
    mintTicket(
      {
        sub: 'courier-7',
        ref: 'week-47',
        amount: 150_000,
        currency: 'RUB',
        full_name: 'Ivanov Ivan Ivanovich',
        description: 'Courier services, VAT exempt',
        metadata: { city: 'Казань' },
        ...claims,
      },
      { key: ticketKey, audience: `sandbox:${project}`, clock },
    );

  async function call(method: string, path: string, bearer: string, body?: unknown) {
    const response = await current().fetch(
      new Request(`http://bff.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          origin: 'https://shop.test',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await response.json() };
  }

  /** What the bank's widget does with the account that the recipient types. */
  async function tokenize(account: string): Promise<string> {
    const { body } = await call('POST', '/public-tokens', await ticket(), {});
    const response = await sandbox.fetch(
      new Request(`${api}/widget/api/tokenize`, {
        method: 'POST',
        headers: { 'x-public-token': body.publicToken, 'content-type': 'application/json' },
        body: JSON.stringify({ bik: DEFAULT_BIK, account }),
      }),
    );
    const { token } = (await response.json()).data;
    if (typeof token !== 'string') throw new Error('the widget gave no token');
    return token;
  }

  async function pay(ending: string, claims: Claims = {}) {
    const token = await tokenize(accountEndingWith(ending));
    return call('POST', '/payouts', await ticket(claims), { token });
  }

  async function payout(ref = 'week-47') {
    const record = await store.loadByRef(`sandbox:${project}`, ref);
    if (!record) throw new Error(`no payout ${ref}`);
    return record;
  }

  /** Lets the world run until the condition holds; fails when that takes longer than `patience` of its time. */
  async function until(condition: () => boolean | Promise<boolean>, patience = 3_600_000): Promise<void> {
    const end = clock.now() + patience;
    while (clock.now() <= end) {
      await current().drain(options.drain);
      await sandbox.idle();
      if (await condition()) return;
      if (clock.now() === end) break;
      const times = [clock.nextAt, await current().nextDue()].filter((time) => time !== null);
      await clock.advance(Math.max(1, Math.min(...times, end) - clock.now()), () => sandbox.idle());
    }
    throw new Error(
      `it did not come to that; the payout is ${JSON.stringify((await payout()).payout.status)}`,
    );
  }

  const reaches = (status: string, patience?: number, ref?: string) =>
    until(async () => (await payout(ref)).payout.status === status, patience);

  /** Lets the time pass, with all that happens in it. */
  async function pass(ms: number): Promise<void> {
    const end = clock.now() + ms;
    await until(() => clock.now() >= end, ms);
  }

  return {
    clock,
    sandbox,
    store,
    events,
    startBff,
    /** Of which each BFF here is made. */
    options: bffOptions,
    ticketKey,
    bff: current,
    tokenFor: (ending: string) => tokenize(accountEndingWith(ending)),
    ticket,
    call,
    tokenize,
    pay,
    payout,
    until,
    reaches,
    pass,
    setNetwork: (next: WorldOptions['network']) => {
      network = next;
    },
    alarms: () => events.flatMap((event) => (event.type === 'payout.alarm' ? [event.code] : [])),
    paid: () => sandbox.ledger().filter(({ kind }) => kind === 'paid'),
    journal: async (ref?: string) => store.journal((await payout(ref)).payout.id, 0, 1000),
  };
}
