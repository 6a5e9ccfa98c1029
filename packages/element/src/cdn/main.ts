/** For a page without a build: `cdn/b131-payout.js`. Defines the tag. */
import '../define.js';

export { B131Payout } from '../element/payout-element.js';
export { registerLocale } from '../locales/registry.js';
