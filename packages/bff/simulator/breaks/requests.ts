import { change, entering } from '../../dist/engine/decision.js';
import { newAttempt } from '../../dist/engine/rulings.js';
import type { PayoutDesk } from '../../dist/payout/desk.js';
import type { PayoutRecord } from '../../dist/payout/payout.js';
import { sealPersonal } from '../../dist/payout/personal.js';
import { digestOf, secrets } from '../substitutes/cryptography.ts';
import type { Break, Surroundings } from './break.ts';

/*
 * Breaks of what comes in over HTTP: recipients and the bank's webhooks.
 */

/** Answers the bank before its webhook is on record. */
export const ackBeforeStore: Break = {
  without: 'a webhook is answered once it is on record',
  http: (right) => ({
    ...right,
    desk: {
      ...right.desk,
      async takeWebhook(webhook) {
        void right.desk.takeWebhook(webhook).catch(() => {});
        return true;
      },
    },
  }),
};

/** Believes whoever sends a webhook. */
export const believeForged: Break = {
  without: 'a webhook is verified',
  http: (right) => ({
    ...right,
    async verifyWebhook(raw, signature) {
      const sessionId = /"id":"(ps_[^"]+)"/.exec(new TextDecoder().decode(raw))?.[1] ?? null;
      return right.verifyWebhook(raw, signature).catch(() => ({ type: 'payment_finished', sessionId }));
    },
  }),
};

/** Takes a result out of a webhook instead of asking the bank. */
export const actOnWebhook: Break = {
  without: 'webhooks wake, status decides',
  http(right, surroundings) {
    let told: 'succeeded' | 'failed' | null = null;
    return {
      ...right,
      async verifyWebhook(raw, signature) {
        const webhook = await right.verifyWebhook(raw, signature);
        const text = new TextDecoder().decode(raw);
        told = text.includes('"status":"succeeded"') ? 'succeeded' : null;
        if (text.includes('"status":"failed"')) told = 'failed';
        return webhook;
      },
      desk: {
        ...right.desk,
        async takeWebhook(webhook) {
          const result = told;
          const known = await right.desk.takeWebhook(webhook);
          const record = await surroundings.store.loadBySession(surroundings.scope, webhook.sessionId);
          if (record && result !== null) await conclude(record, result, surroundings);
          return known;
        },
      },
    };
  },
};

async function conclude(
  record: PayoutRecord,
  result: 'succeeded' | 'failed',
  { commit, clock, rules }: Surroundings,
): Promise<void> {
  const payout = entering(result, record.payout, clock.now(), rules);
  const attempt = { outcome: result === 'failed' ? ('dead' as const) : ('paid' as const) };
  await commit(record, change(record, { kind: result, payout, attempt }));
}

/** Lets the recipient try another account while the first is on its way. */
export const twoAccounts: Break = {
  without: 'another account only when every earlier attempt is proven dead',
  http: (right, surroundings) => ({
    ...right,
    desk: { ...right.desk, start: startAnyway(right.desk, surroundings) },
  }),
};

function startAnyway(desk: PayoutDesk, { commit, clock, rules }: Surroundings): PayoutDesk['start'] {
  return async (ticket, account) => {
    const result = await desk.start(ticket, account);
    if (result.kind !== 'in_progress') return result;
    const { payout, attempts } = result.record;
    const number = payout.attempt + 1;
    const digest = digestOf('destination', account.token);
    const next = newAttempt({ payoutId: payout.id, number, destination: account.kind, digest, masked: null });
    const { fullName } = ticket;
    const personal = await sealPersonal(payout.id, { fullName, token: account.token }, secrets);
    const committed = await commit(
      result.record,
      {
        record: {
          payout: { ...payout, ...entering('created', payout, clock.now(), rules), attempt: number },
          attempts: [...attempts, next],
        },
        entry: { kind: 'another_account', attempt: number, data: {} },
        intent: null,
        alarm: null,
      },
      [{ do: 'putPersonal', personal }],
    );
    return typeof committed === 'string' ? result : { kind: 'accepted', record: committed };
  };
}
