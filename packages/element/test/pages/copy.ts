/** Another copy of everything, as a second bundle on the page brings it, under a name of its own. */
import { B131Payout } from '../../src/index.js';

customElements.define('b131-payout-copy', class extends B131Payout {});

export { loadScript } from '../../src/loader/index.js';
