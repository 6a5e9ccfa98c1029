import { B131Payout } from './element/payout-element.js';
import { tagName } from './element/tag.js';

// A second copy of this module (two bundles, two versions) leaves the first one's definition alone.
if (globalThis.customElements !== undefined && !customElements.get(tagName)) {
  customElements.define(tagName, B131Payout);
}

export { B131Payout };
