import { holdStreams } from '@b131/stress/streams';
import type { Measure } from '../figures.ts';

const rest = 5;

/** What an open event stream takes. */
export const streams: Measure = {
  name: 'streams',
  title: 'Streams',
  async run({ quick, progress }) {
    const count = quick ? 400 : 2000;
    progress(`streams: opening ${count}`);
    const report = await holdStreams({ streams: count, rest, seconds: 3, churn: 0 });
    const { before, held, opening, resting, dropped } = report;
    const each = (bytes: number) => bytes / 1000 / count;
    return {
      name: 'streams',
      figures: [
        {
          ...{ id: 'streams.heap', what: `heap a stream, of ${count}`, unit: 'kB' },
          values: [each(held.heap - before.heap)],
        },
        { id: 'streams.open', what: 'CPU to open one', unit: 'µs', values: [opening / count] },
        {
          ...{ id: 'streams.rest', what: 'CPU a second to hold one while nothing happens', unit: 'µs' },
          values: [resting / count / rest],
        },
        {
          ...{ id: 'streams.dropped', what: 'streams that ended by themselves', unit: '' },
          ...{ values: [dropped], goal: { most: 0 } },
        },
      ],
    };
  },
};
