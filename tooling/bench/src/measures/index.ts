import type { Measure } from '../figures.ts';
import { browser } from './browser/browser.ts';
import { coldStart } from './cold-start.ts';
import { faults } from './faults.ts';
import { load } from './load.ts';
import { payouts } from './payouts.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

/** Everything that `bench` measures, in the order of its page. */
export const measures: readonly Measure[] = [payouts, load, faults, webhooks, streams, coldStart, browser];
