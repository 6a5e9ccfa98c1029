import type { LitElement } from 'lit';
import type { B131EventMap } from '../events/index.js';
import type { B131Payout } from './payout-element.js';

type Own = Exclude<keyof B131Payout, keyof LitElement | 'payout'>;
type Method = (...values: never[]) => unknown;

/** Names of the element's own that hold a value, and not a method. */
type Settable = {
  [Name in Own]: B131Payout[Name] extends Method ? never : Name;
}[Own];

/** What a page can set on `<b131-payout>`. */
export type B131PayoutProperties = { [Name in Settable]?: B131Payout[Name] | undefined };

/** A listener for each event of `<b131-payout>`, named `Prefix` and the event. */
export type B131PayoutListeners<Prefix extends string> = {
  [Name in keyof B131EventMap as `${Prefix}${Name}`]?: ((event: B131EventMap[Name]) => void) | undefined;
};
