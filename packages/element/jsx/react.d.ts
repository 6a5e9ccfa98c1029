import type { HTMLAttributes, RefAttributes } from 'react';
import type { B131Payout, B131PayoutListeners, B131PayoutProperties } from '../dist/index.js';

type PayoutTag = Omit<HTMLAttributes<B131Payout>, 'children'> &
  RefAttributes<B131Payout> &
  B131PayoutProperties &
  B131PayoutListeners<'on'>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'b131-payout': PayoutTag;
    }
  }
}
