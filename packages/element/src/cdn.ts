/** The whole in one file, for a page without a build: `cdn/b131-payout.js`. Defines the tag. */
import './define.js';

export * from './index.js';
