/** Where the telling of a notice stands: to be tried, received, or no longer tried. */
export const noticeStates = ['pending', 'delivered', 'given_up'] as const;

export type NoticeState = (typeof noticeStates)[number];

/** A notice that was received is pending again when it is to be sent once more. */
export function stateOf({ dueAt, deliveredAt }: Pick<Notice, 'dueAt' | 'deliveredAt'>): NoticeState {
  if (dueAt !== null) return 'pending';
  return deliveredAt === null ? 'given_up' : 'delivered';
}

/** One thing the merchant is told: a row of the outbox, written in the same batch as what it tells of. */
export interface Notice {
  /** Unique; the merchant recognises a repeat by it. */
  id: string;
  scope: string;
  payoutId: string;
  /** The payout's version of which it tells. */
  version: number;
  /** `payout.succeeded` and so on. */
  type: string;
  /** The body as it is sent and signed; holds no personal data. */
  body: string;
  createdAt: number;
  /** When to try next; null once delivered or given up. */
  dueAt: number | null;
  tries: number;
  /** HTTP status of the last try; null when there was none, or no answer. */
  httpStatus: number | null;
  /** When it was last received; stays when it is sent once more. */
  deliveredAt: number | null;
}
