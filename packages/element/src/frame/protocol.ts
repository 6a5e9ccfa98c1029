import type { TokenResult } from '../widget/result/read.js';

/** What lets the frame get on: a ticket, for which it gets a public token itself, or the page's own public token. */
export type Grant = { readonly ticket: string } | { readonly publicToken: string };

/** How the page looks where the frame stands: computed values of CSS. */
export interface Looks {
  readonly colorScheme: string;
  readonly color: string;
  readonly accent: string;
  readonly fontFamily: string;
  /** Of the page's root, so that a `rem` is as long in the frame. */
  readonly rootFontSize: string;
  readonly direction: string;
}

/** What the page says to its frame, over their port. */
export type ToFrame =
  | { readonly do: 'draw'; readonly grant: Grant; readonly locale: string }
  | { readonly do: 'speak'; readonly locale: string }
  | { readonly do: 'look'; readonly looks: Looks }
  | { readonly do: 'focus' };

/** What the frame says to its page, over their port. */
export type ToPage =
  | { readonly tell: 'drawn' }
  /** It cannot be drawn. `status` is that of the backend's answer, 0 when there was none; `retryAfter` as it asks. */
  | {
      readonly tell: 'problem';
      readonly code: string;
      readonly status: number;
      readonly retryAfter: number | null;
    }
  | { readonly tell: 'result'; readonly result: TokenResult }
  /** The widget reports an error. */
  | { readonly tell: 'failed'; readonly spent: boolean }
  /** Pixels of CSS. */
  | { readonly tell: 'height'; readonly height: number }
  | { readonly tell: 'touched' }
  | { readonly tell: 'stale' }
  | { readonly tell: 'forged' };
