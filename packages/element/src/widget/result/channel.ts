import type { MessageChannelContract, WidgetContract } from '../contract/contract.js';
import { readResult, type TokenResult, textAt, valueAt } from './read.js';

/** What a widget can tell. */
export interface WidgetReports {
  ready(): void;
  result(result: TokenResult): void;
  /** A code of the widget's own, e.g. `public_token_expired`; `unreadable_result` when a success holds no token. */
  error(code: string): void;
  /** A message that claims to bring a token came from where none can come. It was ignored. */
  forged(): void;
}

type Kind = 'ready' | 'success' | 'error';
type Channel = 'callback' | 'message';

/** The open ear for one drawing of the widget. */
export interface ResultChannel {
  /** Functions to hand to the widget, by the names of the contract. */
  readonly hooks: Readonly<Record<string, (value?: unknown) => void>>;
  close(): void;
}

/**
 * Listens to one drawing of the widget on every channel of the contract. News that come on both channels count
 * once; after a result nothing more is heard. Messages are taken from the page's own window (same origin; any
 * script of the page can forge them, as it could read the form) or from frames inside `container` whose origin
 * the contract names exactly. All others are ignored, and reported where they claim to bring a token.
 */
export function openResultChannel(
  contract: WidgetContract,
  container: HTMLElement,
  reports: WidgetReports,
): ResultChannel {
  let open = true;
  const once = countOnce();

  const hear = (channel: Channel, kind: Kind, value: unknown): void => {
    if (!open || !once(channel, kind)) return;
    if (kind === 'ready') reports.ready();
    else if (kind === 'error') reports.error(textAt(value, contract.result.errorCode) ?? 'unknown');
    else hearResult(value);
  };

  const hearResult = (value: unknown): void => {
    const result = readResult(value, contract.result);
    open = result === null;
    if (result === null) reports.error('unreadable_result');
    else reports.result(result);
  };

  const { messages } = contract;
  const window = container.ownerDocument.defaultView;
  const onMessage = (event: MessageEvent): void => {
    const kind = messages === null ? null : kindOf(event.data, messages);
    if (messages === null || kind === null || !open) return;
    if (!isTrusted(event, messages, container)) {
      if (kind === 'success') reports.forged();
      return;
    }
    hear('message', kind, valueAt(event.data, kind === 'error' ? messages.failure : messages.result));
  };
  if (messages !== null) window?.addEventListener('message', onMessage);

  return {
    hooks: hooksOf(contract, (kind, value) => hear('callback', kind, value)),
    close() {
      open = false;
      window?.removeEventListener('message', onMessage);
    },
  };
}

/** The n-th news of a kind is new on the channel that brings it first. */
function countOnce(): (channel: Channel, kind: Kind) => boolean {
  const counts: Record<Channel, Record<Kind, number>> = {
    callback: { ready: 0, success: 0, error: 0 },
    message: { ready: 0, success: 0, error: 0 },
  };
  return (channel, kind) => {
    const other = channel === 'callback' ? 'message' : 'callback';
    counts[channel][kind] += 1;
    return counts[channel][kind] > counts[other][kind];
  };
}

function hooksOf(
  { callbacks }: WidgetContract,
  hear: (kind: Kind, value: unknown) => void,
): Record<string, (value?: unknown) => void> {
  if (callbacks === null) return {};
  const hooks: Record<string, (value?: unknown) => void> = {};
  if (callbacks.ready !== null) hooks[callbacks.ready] = (value) => hear('ready', value);
  hooks[callbacks.success] = (value) => hear('success', value);
  if (callbacks.error !== null) hooks[callbacks.error] = (value) => hear('error', value);
  return hooks;
}

function isTrusted(
  event: MessageEvent,
  { from, origins }: MessageChannelContract,
  container: HTMLElement,
): boolean {
  const window = container.ownerDocument.defaultView;
  if (event.source === null || window === null) return false;
  if (event.source === window) return from.includes('page') && event.origin === window.origin;
  if (!from.includes('frames') || !origins.includes(event.origin)) return false;
  const frames = container.querySelectorAll('iframe');
  return [...frames].some((frame) => frame.contentWindow === event.source);
}

function kindOf(data: unknown, messages: MessageChannelContract): Kind | null {
  const matches = Object.entries(messages.match).every(([path, value]) => valueAt(data, path) === value);
  if (!matches) return null;
  const name = valueAt(data, messages.event);
  if (name === messages.success) return 'success';
  if (messages.ready !== null && name === messages.ready) return 'ready';
  if (messages.error !== null && name === messages.error) return 'error';
  return null;
}
