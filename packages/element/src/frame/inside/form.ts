import { BffError } from '../../bff/problem.js';
import { issuePublicToken } from '../../bff/public-token.js';
import { LoadError } from '../../loader/errors.js';
import { watchAge } from '../../widget/age.js';
import type { WidgetContract } from '../../widget/contract/contract.js';
import { DrawingError } from '../../widget/drawing/errors.js';
import { type LiveWidget, runWidget } from '../../widget/drawing/live.js';
import type { Grant, ToFrame, ToPage } from '../protocol.js';
import { watchHeight } from './height.js';

/** What the form in the frame needs. */
export interface FormOptions {
  readonly contract: WidgetContract;
  readonly document: Document;
  /** The widget's script and style. */
  readonly loaded: Promise<void>;
  tell(news: ToPage): void;
}

/** The bank's form in the frame. */
export interface Form {
  obey(order: Exclude<ToFrame, { do: 'look' }>): void;
}

/** Makes what draws the bank's form in this page and tells the page around what becomes of it. */
export function createForm({ contract, document, loaded, tell }: FormOptions): Form {
  const container = document.getElementById(contract.container) ?? document.body;
  const never = new AbortController().signal;
  let shown: { readonly widget: LiveWidget; readonly publicToken: string } | null = null;

  async function draw(grant: Grant, locale: string): Promise<void> {
    try {
      const [publicToken] = await Promise.all([tokenOf(grant, document.location, never), loaded]);
      const since = Date.now();
      await put(publicToken, locale);
      watchAge({
        document,
        since,
        lifetime: contract.tokenLifetime,
        touched: () => shown?.widget.touched ?? false,
        stale: () => tell({ tell: 'stale' }),
        signal: never,
      });
      watchHeight(document, (height) => tell({ tell: 'height', height }));
      tell({ tell: 'drawn' });
    } catch (error) {
      tell(problemOf(error));
    }
  }

  async function put(publicToken: string, locale: string): Promise<void> {
    shown?.widget.remove();
    document.documentElement.lang = locale;
    const widget = runWidget(container, {
      ...{ contract, publicToken, locale },
      reports: {
        ready() {},
        result: (result) => tell({ tell: 'result', result }),
        error: (code) => tell({ tell: 'failed', spent: contract.spentTokenCodes.includes(code) }),
        forged: () => tell({ tell: 'forged' }),
      },
    });
    shown = { widget, publicToken };
    await widget.drawn;
  }

  container.addEventListener('input', () => tell({ tell: 'touched' }), { once: true });

  return {
    obey(order) {
      if (order.do === 'draw') void draw(order.grant, order.locale);
      else if (order.do === 'focus') shown?.widget.focus();
      else if (shown !== null && !shown.widget.touched) {
        put(shown.publicToken, order.locale).catch(() => tell({ tell: 'stale' }));
      }
    },
  };
}

/**
 * The frame is of the backend's own origin: it asks without a preflight, and on the connection that has brought the
 * page. Browsers keep another one for what goes without cookies.
 */
async function tokenOf(grant: Grant, { origin, pathname }: Location, signal: AbortSignal): Promise<string> {
  if ('publicToken' in grant) return grant.publicToken;
  const base = origin + pathname.replace(/\/widget\/?$/, '');
  return issuePublicToken(base, { ticket: grant.ticket, signal, credentials: 'same-origin' });
}

function problemOf(error: unknown): ToPage {
  if (error instanceof BffError) {
    const { code, status, retryAfter } = error;
    return { tell: 'problem', code, status, retryAfter };
  }
  const known = error instanceof LoadError || error instanceof DrawingError;
  if (!known) console.error('<b131-payout>', error);
  return { tell: 'problem', code: known ? error.code : 'internal_error', status: 0, retryAfter: null };
}
