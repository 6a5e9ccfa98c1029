import type { HTMLAttributes } from 'svelte/elements';
import type { B131Payout, B131PayoutListeners, B131PayoutProperties } from '../dist/index.js';

type PayoutTag = Omit<HTMLAttributes<B131Payout>, 'children'> &
  B131PayoutProperties &
  B131PayoutListeners<'on' | 'on:'>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'b131-payout': PayoutTag;
  }
}
