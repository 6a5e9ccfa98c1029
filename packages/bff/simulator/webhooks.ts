import { createHash } from 'node:crypto';
import type { Random } from './random.ts';
import { idleInTheCalm, type Replicas } from './replicas.ts';
import { type Stage, strikes } from './stage.ts';
import { signAs } from './substitutes/cryptography.ts';
import type { Report } from './violation.ts';
import type { Witness } from './witness.ts';

/** The way of the bank's webhooks to the BFF. */
export interface WebhookRoute {
  /** The `fetch` that the bank is given. */
  readonly deliver: typeof fetch;
  /** Looks for webhooks that were taken and then forgotten; call it now and then. */
  checkHeeded(): void;
}

interface Parcel {
  readonly body: string;
  readonly signature: string;
}

/** A webhook that a replica has taken: soon somebody has to ask the bank about its session. */
interface Taken {
  readonly sessionId: string;
  readonly at: number;
  readonly askedBefore: number;
}

/** How soon, while nothing goes wrong: a worker may be in the middle of its last question, with all its repetitions. */
const heedWithin = 4 * 60_000;

export interface WebhookRouteOptions {
  stage: Stage;
  replicas: () => Replicas;
  witness: Witness;
  report: Report;
}

export function createWebhookRoute(options: WebhookRouteOptions): WebhookRoute {
  const { stage, replicas, witness, report } = options;
  const { scheduler, trace } = stage;
  const faults = stage.plan.faults.webhooks;
  const random = stage.random.fork('webhooks');
  const taken = new Set<Taken>();

  async function deliver(_url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const parcel = parcelOf(init);
    scheduler.setTimeout(() => void spread(parcel), 0);
    if (strikes(stage, 'webhook lost', faults.lost, random)) return ok();
    if (strikes(stage, 'webhook late', faults.late, random)) {
      later(parcel, random.between(5000, 600_000));
      return ok();
    }
    await scheduler.sleep(random.between(5, 300));
    return bring(parcel);
  }

  /** What else comes of one webhook: a second copy, a forgery, one of somebody else's project. */
  async function spread(parcel: Parcel): Promise<void> {
    if (strikes(stage, 'webhook doubled', faults.doubled, random)) later(parcel, random.between(0, 120_000));
    if (strikes(stage, 'webhook forged', faults.forged, random))
      later(forged(parcel, random), random.between(0, 9000));
    if (strikes(stage, 'webhook of another project', faults.foreign, random))
      later(await foreign(parcel), 50);
  }

  function later(parcel: Parcel, ms: number): void {
    scheduler.setTimeout(() => void bring(parcel).catch(() => {}), ms);
  }

  async function bring({ body, signature }: Parcel): Promise<Response> {
    const headers = { 'content-type': 'application/json', 'x-partner-sign': signature };
    const sessionId = /"id":"(ps_[^"]+)"/.exec(body)?.[1] ?? '';
    trace.say('bank', `brings a webhook about ${sessionId}`);
    const known = witness.holderOf(sessionId) !== undefined;
    const askedBefore = witness.lastAsked(sessionId);
    const response = await replicas().request('/webhooks/bank131', { method: 'POST', headers, body });
    trace.say('bank', `the webhook about ${sessionId} is answered ${response.status}`);
    stage.tally.add(`webhook answered: ${response.status}`);
    if (response.status === 200) answeredYes({ body, signature }, sessionId, known, askedBefore);
    return response;
  }

  function answeredYes(parcel: Parcel, sessionId: string, known: boolean, askedBefore: number): void {
    if (parcel.signature === forgedSignature) report('wrong', 'a forged webhook is refused', sessionId);
    if (!known) return;
    if (!witness.webhooks.has(sha256(parcel.body)))
      report('lost', 'a webhook is answered once it is on record', sessionId);
    taken.add({ sessionId, at: scheduler.now(), askedBefore });
  }

  function checkHeeded(): void {
    // Woken by one process, the payout waits for the loop of another if the first one is on its way out.
    const patience = stage.storming ? heedWithin : heedWithin + idleInTheCalm;
    for (const one of taken) {
      const { sessionId, at, askedBefore } = one;
      if (witness.lastAsked(sessionId) > askedBefore) taken.delete(one);
      // Whoever was killed, frozen or cut off from the database gets the time anew.
      else if (scheduler.now() > Math.max(at, stage.disturbedAt) + patience) {
        taken.delete(one);
        report('stuck', 'a webhook wakes its payout', `nobody asked about ${sessionId}`);
      }
    }
  }

  return { deliver, checkHeeded };
}

const ok = () => new Response('', { status: 200 });
const forgedSignature = btoa('a forged signature');

function parcelOf(init: RequestInit | undefined): Parcel {
  const body = init?.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : '';
  return { body, signature: new Headers(init?.headers).get('x-partner-sign') ?? '' };
}

/** Says what its forger would like to be true. */
function forged({ body }: Parcel, random: Random): Parcel {
  const wish = random.pick(['succeeded', 'failed']);
  const told = body.replaceAll(/"status":"(in_progress|pending|succeeded|failed)"/g, `"status":"${wish}"`);
  return { body: told.replace(/"type":"[a-z_]+"/, '"type":"payment_finished"'), signature: forgedSignature };
}

/** Signed by the bank, about a session we never opened. */
async function foreign({ body }: Parcel): Promise<Parcel> {
  const other = body.replaceAll(/ps_(\d+)/g, 'ps_9$1');
  const bytes = new TextEncoder().encode(other);
  const signature = Buffer.from(await signAs('bank')(bytes)).toString('base64');
  return { body: other, signature };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
