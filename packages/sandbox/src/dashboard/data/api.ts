import type { Settings, SettingsPatch } from '../../bank/settings.js';
import type { EventView, SandboxEvent } from '../../control/journal.js';
import type { SessionPage } from '../../control/sessions.js';
import type { Setup } from '../../control/setup.js';
import type { StepOrder } from '../../control/steps.js';
import type { SessionDetail } from '../../control/view.js';
import type { FaultRule } from '../../faults/faults.js';
import type { FaultKind } from '../../faults/kinds.js';

/** The sandbox said no, or nothing; the message can be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** 0: there was no answer. */
  readonly httpStatus: number;

  constructor(message: string, httpStatus: number) {
    super(message);
    this.httpStatus = httpStatus;
  }
}

/** One setting as the schema tells it. */
export interface SettingSchema {
  readonly type?: 'boolean' | 'integer' | 'number' | 'string';
  readonly enum?: readonly string[];
  readonly anyOf?: readonly { readonly type?: string }[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
}

/** A kind of fault, and the calls or webhooks it may wait for. */
export type KnownFault = FaultKind & { readonly on: readonly string[] };

/** `GET /sandbox/faults` */
export interface KnownFaults {
  readonly faults: readonly FaultRule[];
  readonly kinds: readonly KnownFault[];
  /** Error codes a payout may fail with. */
  readonly codes: readonly string[];
}

/** What the list of sessions asks for. */
export interface SessionsQuery {
  readonly limit: number;
  readonly search: string;
  readonly status: string;
}

/** The control API. Each call throws ApiError. */
export const api = {
  setup: () => ask<Setup>('setup'),
  settings: () => ask<Settings>('settings'),
  schema: () => ask<SettingSchema>('settings/schema'),
  sessions: ({ limit, search, status }: SessionsQuery) =>
    ask<SessionPage>(`sessions?${new URLSearchParams({ limit: String(limit), search, status })}`),
  session: (id: string) => ask<SessionDetail>(`sessions/${encodeURIComponent(id)}`),
  sessionEvents: (id: string) => ask<{ events: SandboxEvent[] }>(`sessions/${encodeURIComponent(id)}/events`),
  event: (id: number) => ask<EventView>(`events/${id}`),
  step: (id: string, order: StepOrder) =>
    ask<SessionDetail>(`sessions/${encodeURIComponent(id)}/steps`, 'POST', order),
  resend: (id: number) => ask<object>(`events/${id}/resend`, 'POST', {}),
  faults: () => ask<KnownFaults>('faults'),
  addFault: (order: object) => ask<FaultRule>('faults', 'POST', order),
  removeFault: (id: number) => ask<object>(`faults/${id}`, 'DELETE'),
  clearFaults: () => ask<object>('faults', 'DELETE'),
  change: (patch: SettingsPatch) => ask<Settings>('settings', 'PATCH', patch),
};

async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { headers: JSON_TYPE, body: JSON.stringify(body) };
  const response = await fetch(`/sandbox/${path}`, { method, ...sent }).catch(() => {
    throw new ApiError('The sandbox does not answer. Is it still running?', 0);
  });
  if (response.ok) return response.json();
  throw new ApiError(
    reasonOf(await response.json().catch(() => undefined), response.status),
    response.status,
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };

function reasonOf(answer: unknown, httpStatus: number): string {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  const told = typeof error === 'object' && error !== null && 'description' in error ? error.description : '';
  return typeof told === 'string' && told !== '' ? told : `The sandbox answered HTTP ${httpStatus}`;
}
