import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { WidgetOverride } from '@b131/element/frame';
import type { PayoutView } from '../../src/bff/payout.ts';

/** What a route is to do instead of its work, once per entry. */
export interface Fault {
  /** `drop-before`: the connection dies unheard; `drop-after`: after the effect; `html`: a proxy's page instead; `reset`: no answer at all; `late`: the real answer, once `release` is called. */
  readonly kind?: 'drop-before' | 'drop-after' | 'html' | 'redirect' | 'reset' | 'late';
  /** Where a `redirect` leads: the same path of another origin. */
  readonly to?: string;
  readonly status?: number;
  readonly code?: string;
  /** Answer with the payout inside, as a 409 does. */
  readonly withPayout?: boolean;
  /** Seconds after which the client may come again. */
  readonly retryAfter?: number;
}

export type Route =
  | 'widget'
  | 'current'
  | 'public-tokens'
  | 'payouts'
  | 'payout'
  | 'events'
  | 'confirm'
  | 'cancel';

/** One request that a world has seen. */
export interface Seen {
  readonly route: Route;
  readonly bearer: string;
  readonly body: unknown;
  readonly after: number | null;
  /** The page that asks, where the browser tells. */
  readonly origin: string | null;
}

/** What a world is made of. */
export interface WorldOptions {
  readonly confirm: 'automatic' | 'recipient';
  /** Whose pages may hold its frame. */
  readonly origins: readonly string[];
  /** Corrections to the contract of the framed widget. */
  readonly widget: WidgetOverride;
  /** The page in the frame comes without its policy, as behind a proxy that takes it off. */
  readonly bare: boolean;
}

/** One merchant's backend with at most one payout: state of the fake backend-for-frontend. */
export class World {
  readonly seen: Seen[] = [];
  readonly faults = new Map<Route, Fault[]>();
  readonly spent = new Set<string>();
  readonly streams = new Set<ServerResponse>();
  readonly preflights: string[] = [];
  /** Goes on with the answers that are late. */
  readonly late: (() => void)[] = [];
  readonly confirm: 'automatic' | 'recipient';
  readonly origins: readonly string[];
  readonly widget: WidgetOverride;
  readonly bare: boolean;
  payout: PayoutView | null = null;
  token: string | null = null;
  answered: 'confirm' | 'cancel' | null = null;

  constructor({ confirm, origins, widget, bare }: WorldOptions) {
    this.confirm = confirm;
    this.origins = origins;
    this.widget = widget;
    this.bare = bare;
  }

  publicToken(): string {
    return randomBytes(32).toString('hex');
  }

  /** Begins a payout, or its next attempt. */
  begin(token: string): PayoutView {
    const now = new Date().toISOString();
    this.token = token;
    this.payout = {
      id: 'po_test',
      ref: 'order-1042',
      status: 'created',
      version: (this.payout?.version ?? 0) + 1,
      attempt: (this.payout?.attempt ?? 0) + 1,
      amount: 150000,
      currency: 'RUB',
      description: 'Refund for order 1042',
      destination: { kind: 'bank_account', masked: '40817***9535' },
      confirm: this.confirm,
      error: null,
      retryable: false,
      confirmBy: null,
      returnedAmount: 0,
      createdAt: now,
      updatedAt: now,
      finishedAt: null,
    };
    return this.payout;
  }

  /** Changes the payout and tells every open stream. */
  move(change: Partial<PayoutView>): void {
    if (this.payout === null) this.begin('from-another-tab');
    if (this.payout === null) return;
    this.payout = { ...this.payout, ...change, version: this.payout.version + 1 };
    for (const stream of this.streams) this.write(stream);
  }

  write(stream: ServerResponse): void {
    if (this.payout === null) return;
    const text = `id: ${this.payout.version}\nevent: payout\ndata: ${JSON.stringify(this.payout)}\n\n`;
    // In two pieces, as networks do.
    stream.write(text.slice(0, 25));
    stream.write(text.slice(25));
  }

  /** Breaks every open stream. */
  cut(): void {
    for (const stream of this.streams) stream.destroy();
    this.streams.clear();
  }
}
