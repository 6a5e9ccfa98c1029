import { chance } from './chance.js';
import { type FaultName, isPlain, kindOf, type PlainFault, plainFaults } from './kinds.js';
import type { FaultOrder } from './order.js';

/** A fault that waits for its moment. */
export interface FaultRule {
  readonly id: number;
  readonly kind: FaultName;
  readonly on: string | null;
  readonly sessionId: string | null;
  /** Strikes left; `null`: until it is removed. */
  readonly times: number | null;
  readonly share: number;
  readonly seed: number;
  readonly ms: number | null;
  readonly status: number | null;
}

/** A fault at work. */
export interface Strike {
  readonly kind: PlainFault;
  readonly ms: number;
  readonly status: number;
}

/** A call or a webhook that may be struck. */
export interface Target {
  /** The method of a call, the type of a webhook. */
  readonly name: string;
  readonly sessionId: string | undefined;
  /** Which session of this bank it is: 1 for the first. A session's id changes from run to run, this does not. */
  readonly ordinal: number | undefined;
}

/** The faults that were asked for, and the draw of those that strike now and then. */
export class Faults {
  readonly #seed: number;
  #rules: FaultRule[] = [];
  readonly #seen = new Map<string, number>();
  readonly #spoken = new Set<string>();
  #lastId = 0;

  constructor(seed: number, orders: readonly FaultOrder[] = []) {
    this.#seed = seed;
    for (const order of orders) this.add(order);
  }

  add(order: FaultOrder): FaultRule {
    const {
      kind,
      on = null,
      sessionId = null,
      share = 1,
      seed = this.#seed,
      ms = null,
      status = null,
    } = order;
    const { times = order.share === undefined ? 1 : null } = order;
    this.#lastId += 1;
    const rule = { id: this.#lastId, kind, on, sessionId, times, share, seed, ms, status };
    this.#rules = [...this.#rules, rule];
    return rule;
  }

  /** What a session's own metadata asks for counts once, however often the session tells it. */
  addOnce(order: FaultOrder, sessionId: string): void {
    const spoken = JSON.stringify([order, sessionId]);
    if (this.#spoken.has(spoken)) return;
    this.#spoken.add(spoken);
    this.add({ ...order, sessionId });
  }

  /** Was there one with this id? */
  remove(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
  }

  list(): readonly FaultRule[] {
    return this.#rules;
  }

  /** A fault as it strikes when a call itself asks for it. */
  now(order: FaultOrder): Strike {
    const { kind, ms = null, status = null, seed = this.#seed } = order;
    return strikeOf({ kind, ms, status, seed }, kind);
  }

  /** What strikes a call, if anything. The rule that was asked for first goes first. */
  onCall(target: Target): Strike | null {
    return this.#strike('call', target);
  }

  onWebhook(target: Target): Strike | null {
    return this.#strike('webhook', target);
  }

  #strike(spoils: 'call' | 'webhook', target: Target): Strike | null {
    for (const rule of this.#rules) {
      if (kindOf(rule.kind).spoils !== spoils || !fits(rule, target)) continue;
      const name = this.#nameOf(rule, target);
      if (chance(rule.seed, name) >= rule.share) continue;
      this.#use(rule);
      return strikeOf(rule, name);
    }
    return null;
  }

  /** Names a draw: the rule's words, the target, and the how-manyth of its kind this is. */
  #nameOf({ kind, on }: FaultRule, { name, ordinal = 0 }: Target): string {
    const words = `${kind} ${on} ${name} ${ordinal}`;
    const nth = (this.#seen.get(words) ?? 0) + 1;
    this.#seen.set(words, nth);
    return `${words} ${nth}`;
  }

  #use(rule: FaultRule): void {
    if (rule.times === null) return;
    const times = rule.times - 1;
    this.#rules = this.#rules.flatMap((one) => (one !== rule ? [one] : times > 0 ? [{ ...one, times }] : []));
  }
}

function fits({ on, sessionId }: FaultRule, target: Target): boolean {
  return (on === null || on === target.name) && (sessionId === null || sessionId === target.sessionId);
}

function strikeOf(rule: Pick<FaultRule, 'kind' | 'ms' | 'status' | 'seed'>, name: string): Strike {
  const kind = isPlain(rule.kind) ? rule.kind : drawn(rule.kind, chance(rule.seed, `which of ${name}`));
  const usual = kindOf(kind);
  return { kind, ms: rule.ms ?? usual.ms ?? 0, status: rule.status ?? usual.status ?? 500 };
}

function drawn(kind: 'random_call' | 'random_webhook', draw: number): PlainFault {
  const all = plainFaults(kindOf(kind).spoils);
  const one = all[Math.floor(draw * all.length)];
  if (!one) throw new Error('there are faults to draw from');
  return one;
}
