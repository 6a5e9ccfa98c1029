import { layout } from './layout.js';
import { stage } from './stage.js';
import { tokens } from './tokens.js';

/** Those of the style sheets that the first face wants. */
export const openingStyles = [tokens, layout, stage];
