/** What may go wrong on purpose. An invention of this sandbox: the bank has no failures on demand. */
export interface FaultKind {
  readonly kind: string;
  /** What it spoils: the answer to a call, or a webhook. */
  readonly spoils: 'call' | 'webhook';
  /** In words, for help and the dashboard. */
  readonly explanation: string;
  /** Milliseconds when none are given, for those that take time. */
  readonly ms?: number;
  /** HTTP status when none is given, for those that have one. */
  readonly status?: number;
}

/** Every kind, by what it spoils. */
export const FAULT_KINDS = [
  call('delay', 'The call is carried out; its answer comes late.', { ms: 5_000 }),
  call('timeout_before', 'The call never reaches the bank, and no answer comes.', { ms: 60_000 }),
  call('timeout_after', 'The call is carried out, and no answer comes.', { ms: 60_000 }),
  call('reset_before', 'The connection is reset; the call never reaches the bank.'),
  call('reset_after', 'The call is carried out, then the connection is reset.'),
  call('error_before', 'HTTP 5xx with internal_error; the call is not carried out.', { status: 500 }),
  call('error_after', 'The call is carried out and answered HTTP 5xx with internal_error.', { status: 500 }),
  call('html_before', 'An HTML page of a proxy; the call never reaches the bank.', { status: 502 }),
  call('html_after', 'The call is carried out and answered with an HTML page of a proxy.', { status: 504 }),
  call('truncated', 'The call is carried out; the JSON of its answer breaks off in the middle.'),
  call('random_call', 'One of the faults above, drawn by the seed.'),
  webhook('webhook_duplicate', 'The webhook is sent twice.'),
  webhook('webhook_late', 'The webhook is sent late.', { ms: 30_000 }),
  webhook('webhook_missing', 'The webhook is never sent.'),
  webhook('webhook_reordered', 'The webhook waits until the next one of its session was sent.', {
    ms: 30_000,
  }),
  webhook('webhook_forged', 'Before it comes a forged one: it claims success, and its signature is false.'),
  webhook('random_webhook', 'One of the webhook faults above, drawn by the seed.'),
] as const;

export type FaultName = (typeof FAULT_KINDS)[number]['kind'];

/** A fault that is drawn for one that says `random_…`. */
export type PlainFault = Exclude<FaultName, 'random_call' | 'random_webhook'>;

export const FAULT_NAMES = FAULT_KINDS.map(({ kind }) => kind);

export function kindOf(name: FaultName): FaultKind {
  const found = FAULT_KINDS.find(({ kind }) => kind === name);
  if (!found) throw new Error(`no fault is called ${name}`);
  return found;
}

/** What `random_call` and `random_webhook` draw from. */
export function plainFaults(spoils: FaultKind['spoils']): PlainFault[] {
  return FAULT_NAMES.filter(isPlain).filter((name) => kindOf(name).spoils === spoils);
}

export function isPlain(name: FaultName): name is PlainFault {
  return name !== 'random_call' && name !== 'random_webhook';
}

function call<K extends string>(kind: K, explanation: string, usual: { ms?: number; status?: number } = {}) {
  return { kind, spoils: 'call' as const, explanation, ...usual };
}

function webhook<K extends string>(kind: K, explanation: string, usual: { ms?: number } = {}) {
  return { kind, spoils: 'webhook' as const, explanation, ...usual };
}
