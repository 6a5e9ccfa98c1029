import type { DefineComponent, HTMLAttributes, ReservedProps } from 'vue';
import type { B131EventMap, B131Payout, B131PayoutProperties } from '../dist/index.js';

/** `b131-success` is `@b131-success` in a template and `onB131Success` in JSX. */
type PayoutListeners = {
  [Name in keyof B131EventMap as Name extends `b131-${infer What}` ? `onB131${Capitalize<What>}` : never]?: (
    event: B131EventMap[Name],
  ) => void;
};

type PayoutTag = HTMLAttributes & ReservedProps & B131PayoutProperties & PayoutListeners;

declare module 'vue' {
  interface GlobalComponents {
    'b131-payout': DefineComponent<B131PayoutProperties & PayoutListeners, B131Payout>;
  }
}

declare module 'vue/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements {
      'b131-payout': PayoutTag;
    }
  }
}
