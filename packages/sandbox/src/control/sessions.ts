import { z } from 'zod';
import type { Session } from '../bank/model.js';
import { lastPayout } from '../bank/session.js';
import { type SessionView, sessionView } from './view.js';

/** Query of `GET /sandbox/sessions`; what makes no sense is left out, as a search field wants it. */
export const sessionQuery = z.object({
  /** At most so many; without it all of them. */
  limit: z.coerce.number().int().min(1).max(1_000).optional().catch(undefined),
  /** Only those older than the session with this id: the next page. */
  before: z.string().optional(),
  /** Words that must occur in ids, masked number, description, metadata, or an error code. */
  search: z.string().optional(),
  /** Of the session or its payout; `waiting`: for confirmation. */
  status: z.string().optional(),
});
export type SessionQuery = z.infer<typeof sessionQuery>;

/** A page of sessions, newest first. */
export interface SessionPage {
  readonly sessions: SessionView[];
  /** How many the sandbox has in all. */
  readonly total: number;
  /** There are older ones that fit: ask on with `before`. */
  readonly more: boolean;
}

/** Looks through the sessions from the newest on and stops when the page is full. */
export function findSessions(all: readonly Session[], query: SessionQuery): SessionPage {
  const { limit = all.length, before } = query;
  const end = before === undefined ? -1 : all.findIndex(({ id }) => id === before);
  const page: SessionView[] = [];
  for (let index = (end < 0 ? all.length : end) - 1; index >= 0; index -= 1) {
    const session = all[index];
    if (!session || !fits(session, query)) continue;
    if (page.length === limit) return { sessions: page, total: all.length, more: true };
    page.push(sessionView(session));
  }
  return { sessions: page, total: all.length, more: false };
}

function fits(session: Session, { search = '', status = '' }: SessionQuery): boolean {
  return hasStatus(session, status) && hasWords(session, search);
}

function hasStatus(session: Session, status: string): boolean {
  if (status === '') return true;
  if (status === 'waiting') return session.next_action === 'confirm';
  return session.status === status || lastPayout(session)?.status === status;
}

function hasWords(session: Session, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = JSON.stringify(sessionView(session)).toLowerCase();
  return words.every((word) => text.includes(word) || text.includes(JSON.stringify(word).slice(1, -1)));
}
