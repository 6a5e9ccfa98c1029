import type { WidgetContract } from '@b131/element/frame';
import type { Context } from 'hono';
import type { OnEvent } from '../events/events.js';
import type { PayoutDesk } from '../payout/desk.js';
import type { Clock } from '../tickets/clock.js';
import type { TicketVerifier } from '../tickets/verifier.js';
import type { ViewTokens } from '../tickets/view-token.js';
import type { Admission } from './admission/admission.js';
import type { MerchantDeps } from './merchant/merchant-routes.js';
import type { OperatorDeps } from './operator/operator-routes.js';
import type { ReadyReport } from './platform/platform-routes.js';

/** What of a verified webhook is used: the engine asks the bank for the rest. */
export interface VerifiedWebhook {
  type: string;
  sessionId: string | null;
  /** When the bank says the session changed last, ms since the epoch. */
  changedAt?: number | null;
}

export interface AppDeps {
  desk: PayoutDesk;
  /** Keeps one caller, or too many, from taking everything. */
  admission: Admission;
  tickets: TicketVerifier;
  viewTokens: ViewTokens;
  /** Gets a public token for the bank's widget; throws the errors of `@b131/api`. */
  issuePublicToken(): Promise<string>;
  /** Throws `SignatureError`, or `WebhookError` when signed but unreadable. */
  verifyWebhook(raw: Uint8Array<ArrayBuffer>, signature: string | null): Promise<VerifiedWebhook>;
  /** Origins whose pages may call, as browsers write them: `https://shop.example`. */
  origins: readonly string[];
  /** The bank's widget, for the page in the frame. */
  widget: WidgetContract;
  ready(): Promise<ReadyReport>;
  /** Opens `/merchant/*`. */
  merchant?: MerchantDeps | undefined;
  /** Opens `/operator/*`. */
  operator?: OperatorDeps | undefined;
  clock?: Clock;
  onEvent?: OnEvent;
  /** Told of a failure that nobody foresaw; the id is the one its answer carries, if it has one. For the host's log. */
  onError?: (error: unknown, id: string) => void;
  stream?: {
    /** Milliseconds between signs of life; default 15000. */
    heartbeat?: number;
    /** Milliseconds after which a stream ends and its reader must prove again that it may read; default 30 minutes. */
    lifetime?: number;
  };
  /**
   * Called when a request committed something the engine must act on. On an edge runtime, which would cut the work off
   * with the answer, the host gives it to `c.executionCtx.waitUntil`; a server has its loop.
   */
  afterCommit?: (c: Context) => void;
}
