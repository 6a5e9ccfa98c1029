import type { OperatorDesk, Payout, PayoutRecord } from '../dist/index.js';
import { currentAttempt } from '../dist/payout/payout.js';
import type { Database } from './database.ts';
import type { Replicas } from './replicas.ts';
import type { Stage } from './stage.ts';
import type { BankTruth } from './truth.ts';

export interface OperatorParts {
  readonly stage: Stage;
  readonly replicas: Replicas;
  readonly database: Database;
  readonly truth: BankTruth;
}

/** The people who run payouts: they say words, pause and let go on, ask again, and end by evidence what they can. */
export interface Operators {
  /** Works through the storm. */
  work(): Promise<void>;
  /** Lifts what is paused, until nothing is. */
  liftPauses(): Promise<void>;
}

const act = { who: 'olga', why: 'simulated' };

export function createOperators({ stage, replicas, database, truth }: OperatorParts): Operators {
  const { scheduler, plan, tally } = stage;
  const random = stage.random.fork('operators');

  async function work(): Promise<void> {
    while (stage.storming) {
      await scheduler.sleep(random.between(3000, 45_000));
      await once(async (desk) => {
        const { payouts } = await desk.list({ limit: 20 });
        for (const payout of payouts) await look(desk, payout);
        if (stage.storming && random.chance(0.12)) await pause(desk, true);
        if (random.chance(0.3)) await pause(desk, false);
      });
    }
  }

  async function liftPauses(): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      await once(async (desk) => {
        const { start, confirm } = await desk.paused();
        if (start || confirm) await desk.pause({ start: false, confirm: false }, act);
      });
      // An operator's browser may hang on a process that was frozen, and its pause arrive only now.
      await scheduler.sleep(60_000);
    }
  }

  /** Whatever the store does to an operator, they try again some other time. */
  async function once(what: (desk: OperatorDesk) => Promise<unknown>): Promise<void> {
    const desk = replicas.operator();
    if (!desk) return;
    await Promise.race([what(desk).catch(() => {}), scheduler.sleep(60_000)]);
  }

  async function pause(desk: OperatorDesk, paused: boolean): Promise<void> {
    tally.add(`operator: ${paused ? 'pause' : 'resume'}`);
    await desk.pause({ [random.pick(['start', 'confirm'])]: paused }, act);
  }

  async function look(desk: OperatorDesk, payout: Payout): Promise<void> {
    const { id, status } = payout;
    if (status === 'awaiting_confirmation' && payout.confirm === 'operator')
      await say(desk, id, random.chance(0.8) ? 'confirm' : 'cancel');
    if (status === 'needs_attention') await attend(desk, id);
    // Withdrawn before anything was sent, while a replica may be opening its session.
    if (status === 'created' && random.chance(0.05)) await say(desk, id, 'cancel');
    if (random.chance(0.05)) await tell('recheck', desk.recheck(id));
  }

  async function attend(desk: OperatorDesk, id: string): Promise<void> {
    if (random.chance(0.3)) return say(desk, id, random.pick(['confirm', 'cancel']));
    const record = await database.store.load(id);
    const outcome = record && evidence(record);
    if (!outcome || random.chance(0.4)) return;
    await tell(`resolve ${outcome}`, desk.resolve(id, { ...act, outcome, evidence: 'statement' }));
  }

  async function say(desk: OperatorDesk, id: string, word: 'confirm' | 'cancel'): Promise<void> {
    await tell(word, desk[word](id, act));
  }

  async function tell(what: string, doing: Promise<{ kind: string } | boolean>): Promise<void> {
    const result = await doing;
    tally.add(`operator: ${what} ${typeof result === 'boolean' ? '' : result.kind}`.trim());
  }

  /** What the bank's statement proves, if it proves anything: an operator does not guess. */
  function evidence(record: PayoutRecord): 'succeeded' | 'failed' | null {
    const current = truth.of(currentAttempt(record).sessionId ?? '');
    if (plan.bank.personality.lateStartOnCancelled) return null;
    if (current && current.paid.length > 0) return 'succeeded';
    const sessions = record.attempts.map(({ sessionId }) => truth.of(sessionId ?? ''));
    return sessions.every((one) => one === undefined || one.provenDead) ? 'failed' : null;
  }

  return { work, liftPauses };
}
