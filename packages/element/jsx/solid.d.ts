import type { JSX } from 'solid-js';
import type { B131Payout, B131PayoutListeners, B131PayoutProperties } from '../dist/index.js';

type PayoutTag = Omit<JSX.HTMLAttributes<B131Payout>, 'children'> &
  B131PayoutProperties &
  B131PayoutListeners<'on:'>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'b131-payout': PayoutTag;
    }
  }
}
