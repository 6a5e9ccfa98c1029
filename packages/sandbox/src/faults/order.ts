import { z } from 'zod';
import { WEBHOOK_TYPES } from '../bank/model.js';
import { METHODS } from '../door/methods.js';
import { FAULT_NAMES, kindOf } from './kinds.js';

/** How a fault is asked for: `POST /sandbox/faults`, `createSandbox({ faults })`, `--fault`. */
export const faultOrder = z
  .strictObject({
    kind: z.enum(FAULT_NAMES, `must be one of ${FAULT_NAMES.join(', ')}`),
    /** Only this method of the bank, or this webhook; without it any. */
    on: z.string().optional(),
    /** Only this session; without it all of the project. */
    sessionId: z
      .string()
      .regex(/^ps_\d+$/, 'must be like ps_3230')
      .optional(),
    /** How often it strikes; `null`: until it is removed. By default once, and with a `share` until removed. */
    times: z.int('must be a whole number').min(1, 'must be 1 or more').nullable().optional(),
    /** Strikes this share of what it could strike, drawn by `seed`: more than 0, up to 1. */
    share: z
      .number('must be a number')
      .gt(0, 'must be more than 0')
      .max(1, 'must not be more than 1')
      .optional(),
    /** The same seed and the same calls give the same strikes. By default the sandbox's. */
    seed: z.int('must be a whole number').optional(),
    /** How long, for those that take time: milliseconds. */
    ms: z
      .int('must be whole milliseconds')
      .min(0, 'must not be negative')
      .max(3_600_000, 'at most an hour')
      .optional(),
    /** HTTP status, for those that have one. */
    status: z
      .int('must be 500 to 599')
      .min(500, 'must be 500 to 599')
      .max(599, 'must be 500 to 599')
      .optional(),
  })
  .superRefine(({ kind, on }, { addIssue }) => {
    const known: readonly string[] = kindOf(kind).spoils === 'call' ? METHODS : WEBHOOK_TYPES;
    if (on === undefined || known.includes(on)) return;
    addIssue({ code: 'custom', path: ['on'], message: `for ${kind} must be one of ${known.join(', ')}` });
  });
export type FaultOrder = z.infer<typeof faultOrder>;

/** A fault could not be understood; the message names the part and the way out. */
export class FaultOrderError extends Error {
  override readonly name = 'FaultOrderError';
}

/** @throws FaultOrderError */
export function readFaultOrder(value: unknown): FaultOrder {
  const read = faultOrder.safeParse(value);
  if (read.success) return read.data;
  const reasons = read.error.issues.map(({ path, message }) => `${path.join('.') || 'fault'}: ${message}`);
  throw new FaultOrderError(reasons.join('; '));
}

/**
 * A fault in one line: `KIND [on METHOD] [times=N] [ms=N] [status=N] [share=0.2] [seed=N]`, such as
 * `timeout_after on session/confirm`. In the header `X-SANDBOX-FAULT`, in `metadata.sandbox_faults` and with
 * `--fault`.
 *
 * @throws FaultOrderError
 */
export function readFaultLine(line: string): FaultOrder {
  const [kind, ...rest] = line.trim().split(/\s+/);
  const order: Record<string, unknown> = { kind };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'on') {
      order.on = rest.shift();
      if (order.on === undefined) throw new FaultOrderError("on: 'on' needs a method after it");
      continue;
    }
    const [name = '', value] = word.split('=', 2);
    if (!NUMBERS.includes(name) || value === undefined || value === '') {
      throw new FaultOrderError(`'${word.slice(0, 40)}': give on METHOD, ${NUMBERS.join('=N, ')}=N`);
    }
    order[name] = Number(value);
  }
  return readFaultOrder(order);
}

const NUMBERS = ['times', 'ms', 'status', 'share', 'seed'];
