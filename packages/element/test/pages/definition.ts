/** What a second bundle of the whole kit does on a page that has it already. */
export { B131Payout } from '../../src/define.js';
