import type { LitElement } from 'lit';
import type { B131EventMap } from '../events/index.js';
import type { B131Payout } from './payout-element.js';

type Deeds = 'startPayout' | 'reset' | 'confirm' | 'cancel' | 'connectedMoveCallback';
type Own = Omit<B131Payout, keyof LitElement | 'payout' | Deeds>;

/** What a page can set on `<b131-payout>`. */
export type B131PayoutProperties = { [Name in keyof Own]?: Own[Name] | undefined };

/** A listener for each event of `<b131-payout>`, named `Prefix` and the event. */
export type B131PayoutListeners<Prefix extends string> = {
  [Name in keyof B131EventMap as `${Prefix}${Name}`]?: ((event: B131EventMap[Name]) => void) | undefined;
};
