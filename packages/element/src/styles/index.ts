import { layout } from './layout.js';
import { news } from './news.js';
import { stage } from './stage.js';
import { tokens } from './tokens.js';

/** Style sheets of the element, adopted by its shadow root. */
export const styles = [tokens, layout, news, stage];
