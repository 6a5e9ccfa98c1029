import { type FaultOrder, FaultOrderError, readFaultLine, readFaultOrder } from '../faults/order.js';
import { parseJson } from './body.js';

/** What a call itself asks to go wrong. */
export interface FaultWords {
  /** By the header `X-SANDBOX-FAULT`: this call. */
  readonly call: FaultOrder | null;
  /** By `metadata.sandbox_faults`, a list of lines or objects: the session it belongs to. */
  readonly session: readonly FaultOrder[];
  /** Why the words could not be understood. */
  readonly problem: string | null;
}

const NONE: FaultWords = { call: null, session: [], problem: null };
const NAME = new TextEncoder().encode('sandbox_faults');

/** Reads the magic words of a call; nearly all calls have none, so the body is only parsed when it holds the name. */
export function faultWords(headers: Headers, bytes: Uint8Array | null, method: string): FaultWords {
  const header = headers.get('x-sandbox-fault');
  const inBody = bytes !== null && holds(bytes, NAME);
  if (header === null && !inBody) return NONE;
  try {
    const call = header === null ? null : forCall(readFaultLine(header));
    return { call, session: inBody ? sessionWords(bytes, method) : [], problem: null };
  } catch (error) {
    if (!(error instanceof FaultOrderError)) throw error;
    const where = header === null ? 'metadata.sandbox_faults' : 'X-SANDBOX-FAULT or metadata.sandbox_faults';
    return { ...NONE, problem: `${where}: ${error.message}` };
  }
}

function forCall(order: FaultOrder): FaultOrder {
  if (!order.kind.includes('webhook')) return order;
  throw new FaultOrderError(`kind: ${order.kind} spoils webhooks; ask for it by metadata.sandbox_faults`);
}

function sessionWords(bytes: Uint8Array, method: string): FaultOrder[] {
  const asked = asking(parseJson(bytes));
  if (asked === undefined || !method.startsWith('session/')) return [];
  if (!Array.isArray(asked)) throw new FaultOrderError('must be a list of lines or objects');
  return asked.map((one: unknown) => (typeof one === 'string' ? readFaultLine(one) : readFaultOrder(one)));
}

function asking(body: unknown): unknown {
  const metadata =
    typeof body === 'object' && body !== null && 'metadata' in body ? body.metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('sandbox_faults' in metadata)) return undefined;
  return metadata.sandbox_faults;
}

/** Are these bytes somewhere in those? Without decoding, as every call goes through here. */
function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
