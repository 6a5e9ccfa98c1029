import { createSigner, generateKeyPair, type KeyPairPem, type Sign, signBody, verifyBody } from '@b131/api';
import {
  accountEndingWith,
  createSandbox,
  DEFAULT_BIK,
  type Sandbox,
  type SandboxEvent,
  type SandboxOptions,
  type VirtualClock,
  virtualClock,
} from '../../src/index.js';
import { type Answer, answerOf, type Webhook, type WireSession } from './wire.js';

export type ApiVersion = 'v1' | 'v2';

/** What the receiver of webhooks got. */
export interface Received {
  readonly at: number;
  readonly signed: boolean;
  readonly body: Webhook;
}

/** A sandbox under a virtual clock, a partner who signs for real, and a receiver of webhooks. */
export interface Desk {
  readonly sandbox: Sandbox;
  readonly clock: VirtualClock;
  readonly events: SandboxEvent[];
  readonly received: Received[];
  /** Status codes the receiver gives, first to last; 200 when there are none left. `null`: no answer at all. */
  readonly answers: (number | null)[];
  /** Lets time pass, deliveries ending before it moves on. */
  pass(ms: number): Promise<void>;
  /** Calls a method with a right signature and gives the answer's JSON. */
  call(version: ApiVersion, method: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same, and the whole answer. `text` goes over the wire as it is; `headers` may replace the right ones. */
  send(path: string, text: string, headers?: Record<string, string>, verb?: string): Promise<Response>;
  sign(text: string): Promise<string>;
  /** A token for an account with this ending, by `tokenize`. */
  token(ending?: string): Promise<string>;
  /** create + start with an account of this ending; the session's id. */
  start(version: ApiVersion, ending: string, amount?: number): Promise<string>;
  status(version: ApiVersion, id: string): Promise<WireSession>;
}

let pairs: Promise<{ partner: KeyPairPem; bank: KeyPairPem; sign: Sign }> | undefined;

/** One partner and one bank for a whole test file: making keys is slow. */
export function keys() {
  pairs ??= (async () => {
    const [partner, bank] = [await generateKeyPair(), await generateKeyPair()];
    return { partner, bank, sign: await createSigner(partner.privateKey) };
  })();
  return pairs;
}

export async function openDesk(options: Partial<SandboxOptions> = {}): Promise<Desk> {
  const { partner, bank, sign } = await keys();
  const clock = virtualClock();
  const received: Received[] = [];
  const answers: (number | null)[] = [];
  const events: SandboxEvent[] = [];

  async function receiver(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const bytes = new Uint8Array(await request.arrayBuffer());
    const signature = request.headers.get('x-partner-sign') ?? '';
    const body = JSON.parse(new TextDecoder().decode(bytes));
    received.push({ at: clock.now(), signed: await verifyBody(bank.publicKey, bytes, signature), body });
    const status = answers.length > 0 ? answers.shift() : 200;
    if (typeof status !== 'number') throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    return new Response('', { status });
  }

  const sandbox = createSandbox({
    project: 'shop',
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bank.privateKey,
    clock,
    fetch: receiver,
    webhookUrl: 'http://shop.example/webhooks',
    ...options,
  });
  sandbox.on((event) => events.push(event));

  const signText = (text: string) => signBody(sign, new TextEncoder().encode(text));
  const send: Desk['send'] = async (path, text, headers = {}, verb = 'POST') => {
    const right = { 'x-partner-project': 'shop', 'x-partner-sign': await signText(text) };
    const body = verb === 'GET' ? {} : { body: text };
    return sandbox.fetch(
      new Request(`http://bank.example${path}`, { method: verb, headers: { ...right, ...headers }, ...body }),
    );
  };
  const call: Desk['call'] = async (version, method, body, headers) =>
    answerOf(await send(`/api/${version}/${method}`, JSON.stringify(body), headers));
  const token = async (ending = '00') => {
    const bank_account_ru = { bik: DEFAULT_BIK, account: accountEndingWith(ending) };
    return (await call('v1', 'tokenize', { type: 'bank_account_ru', bank_account_ru })).token;
  };

  return {
    sandbox,
    clock,
    events,
    received,
    answers,
    pass: (ms) => clock.advance(ms, () => sandbox.idle()),
    call,
    send,
    sign: signText,
    token,
    async start(version, ending, amount = 10_000) {
      const { session } = await call(version, 'session/create', []);
      const order = payout(version, await token(ending), amount);
      await send(
        `/api/${version}/session/start/payout`,
        JSON.stringify({ session_id: session.id, ...order }),
      );
      return session.id;
    },
    status: async (version, id) => (await call(version, 'session/status', { session_id: id })).session,
  };
}

/** A payout to an account token, as the version spells it. */
export function payout(
  version: ApiVersion,
  token: string,
  amount = 10_000,
  ru: object = {},
): Record<string, unknown> {
  const details = {
    type: 'bank_account',
    bank_account: {
      system_type: 'ru',
      ru: { token, full_name: 'Ivanov Ivan Ivanovich', description: 'Money transfer', ...ru },
    },
  };
  const amount_details = { amount, currency: 'rub' };
  return {
    [version === 'v1' ? 'payment_method' : 'payout_details']: details,
    amount_details,
    metadata: 'good',
  };
}
