import { framePage } from '@b131/element/frame';
import * as z from 'zod';
import type { AppDeps } from '../deps.js';
import type { Route } from '../route/route.js';

/**
 * The page in the frame of `<b131-payout>`. It holds nothing of anybody: the ticket reaches it from the page around it,
 * which must be of one of `origins`.
 */
export function widgetRoute({ widget: contract, origins }: AppDeps): Route {
  return {
    id: 'widgetPage',
    method: 'GET',
    path: '/widget',
    caller: 'anybody',
    summary: "The page that shows the bank's widget in a frame of <b131-payout>",
    answers: {
      200: { what: 'For pages of the listed origins to frame.', schema: z.string(), type: 'text/html' },
    },
    handle() {
      const { html, headers } = framePage({ contract, origins });
      return new Response(html, { headers });
    },
  };
}
