import {
  createElement,
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import type { B131Payout as B131PayoutElement } from '../element/payout-element.js';
import type { B131PayoutProperties } from '../element/properties.js';
import { tagName } from '../element/tag.js';
import type { B131EventMap } from '../events/index.js';
import '../define.js';

/** Properties of the element, its events as props, and whatever else an HTML element takes. */
export interface B131PayoutProps
  extends B131PayoutProperties,
    Omit<HTMLAttributes<B131PayoutElement>, 'children' | 'dangerouslySetInnerHTML' | 'onError'> {
  /** The element itself: `reset()`, `startPayout()`, `payout`. */
  readonly ref?: Ref<B131PayoutElement>;
  readonly onReady?: Listener<'b131-ready'>;
  /** Cancelable: after `event.preventDefault()` the payout starts by `startPayout()`. */
  readonly onToken?: Listener<'b131-token'>;
  readonly onStatus?: Listener<'b131-status'>;
  readonly onSuccess?: Listener<'b131-success'>;
  readonly onFailure?: Listener<'b131-failure'>;
  readonly onError?: Listener<'b131-error'>;
}

/** Nothing of the element's own has been forgotten: a property is no attribute. */
type NoProperty = { readonly [Name in keyof B131PayoutProperties]?: undefined };

type Listener<Name extends keyof B131EventMap> = ((event: B131EventMap[Name]) => void) | undefined;

/**
 * `<b131-payout>` for React 19. The server renders the tag with its plain attributes, never with a ticket; React finds
 * it unchanged in the browser, and sets the properties there.
 */
export function B131Payout({
  ref,
  onReady,
  onToken,
  onStatus,
  onSuccess,
  onFailure,
  onError,
  endpoint,
  direct,
  mode,
  environment,
  locale,
  widget,
  ticket,
  getTicket,
  getPublicToken,
  className,
  ...attributes
}: B131PayoutProps): ReactElement {
  const element = useRef<B131PayoutElement>(null);
  useImperativeHandle(ref, () => held(element));

  useListener(element, 'b131-ready', onReady);
  useListener(element, 'b131-token', onToken);
  useListener(element, 'b131-status', onStatus);
  useListener(element, 'b131-success', onSuccess);
  useListener(element, 'b131-failure', onFailure);
  useListener(element, 'b131-error', onError);

  useProperty(element, 'endpoint', endpoint, '');
  useProperty(element, 'direct', direct, false);
  useProperty(element, 'mode', mode, 'payout');
  useProperty(element, 'environment', environment, 'live');
  useProperty(element, 'locale', locale, null);
  useProperty(element, 'widget', widget, null);
  useProperty(element, 'ticket', ticket, null);
  useProperty(element, 'getTicket', getTicket, null);
  useProperty(element, 'getPublicToken', getPublicToken, null);

  const others: HTMLAttributes<B131PayoutElement> & NoProperty = attributes;
  return createElement(tagName, {
    ...others,
    class: className,
    endpoint,
    direct,
    mode,
    environment,
    locale,
    ref: element,
    // The element may have a child by the time that React looks. It is none of React's, and no mistake of the server's.
    dangerouslySetInnerHTML: { __html: '' },
    suppressHydrationWarning: true,
  });
}

/**
 * React itself sets no properties while it hydrates, and an attribute cannot hold a function. What was never given is
 * left alone.
 */
function useProperty<Name extends keyof B131PayoutProperties>(
  element: RefObject<B131PayoutElement | null>,
  name: Name,
  value: B131PayoutElement[Name] | undefined,
  otherwise: B131PayoutElement[Name],
): void {
  const isGiven = useRef(false);
  useLayoutEffect(() => {
    if (value !== undefined || isGiven.current) held(element)[name] = value ?? otherwise;
    isGiven.current = value !== undefined;
  }, [element, name, value, otherwise]);
}

function useListener<Name extends keyof B131EventMap>(
  element: RefObject<B131PayoutElement | null>,
  name: Name,
  listener: Listener<Name>,
): void {
  useLayoutEffect(() => {
    if (!listener) return;
    const at = held(element);
    at.addEventListener(name, listener);
    return () => at.removeEventListener(name, listener);
  }, [element, name, listener]);
}

/** Effects run while the element is there. */
function held({ current }: RefObject<B131PayoutElement | null>): B131PayoutElement {
  if (current === null) throw new Error('<b131-payout> is not rendered');
  return current;
}
