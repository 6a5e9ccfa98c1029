import { news } from './news.js';
import { openingStyles } from './opening.js';

/** Style sheets of the element, adopted by its shadow root. */
export const styles = [...openingStyles, news];
