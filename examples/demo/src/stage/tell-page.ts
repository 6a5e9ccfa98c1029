import type { PageEvent } from './happenings.ts';
import type { Draft } from './line.ts';
import type { Scene } from './scene.ts';

/** What the page did or heard, as a line. */
export function tellPage(event: PageEvent, { here }: Scene): Draft {
  const detail = event.type;
  switch (event.type) {
    case 'ticket':
      return {
        step: here,
        route: 'page-shop',
        sentence: 'ticket',
        detail: 'POST /api/ticket',
        tone: here > 0 ? 'minor' : 'plain',
      };
    case 'b131-ready':
      return { step: 2, route: 'page', sentence: 'widget_ready', detail };
    case 'b131-token':
      return { step: 2, route: 'page', sentence: 'token_event', detail };
    case 'b131-status':
      return {
        step: here,
        route: 'page',
        sentence: 'page_shows',
        values: { status: event.status },
        detail,
        tone: 'minor',
      };
    case 'b131-success':
      return { step: 7, route: 'page', sentence: 'success_event', detail, tone: 'good' };
    case 'b131-failure':
      return {
        step: 7,
        route: 'page',
        sentence: 'failure_event',
        detail: `${detail} ${event.code}`,
        tone: 'bad',
      };
    case 'b131-error':
      return {
        step: here,
        route: 'page',
        sentence: 'error_event',
        detail: `${detail} ${event.code}`,
        tone: 'bad',
      };
    case 'bff.killed':
      return { step: here, route: 'you', sentence: 'killed', tone: 'bad' };
    case 'bff.back':
      return { step: here, route: 'bff', sentence: 'bff_back', tone: 'news' };
    case 'webhooks':
      return {
        step: here,
        route: 'you',
        sentence: event.on ? 'webhooks_on' : 'webhooks_off',
        tone: 'news',
      };
  }
}
