import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { B131Payout, B131PayoutListeners, B131PayoutProperties } from '../dist/index.js';

type PayoutTag = Omit<HTMLAttributes<B131Payout>, 'children' | keyof B131PayoutProperties> &
  ClassAttributes<B131Payout> &
  B131PayoutProperties &
  B131PayoutListeners<'on'>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'b131-payout': PayoutTag;
    }
  }
}
