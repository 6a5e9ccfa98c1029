import { expect } from '@open-wc/testing';
import { type Input, next } from '../src/flow/next.js';
import { moneyInFlight } from '../src/flow/state.js';
import { everyState, payout } from './support/states.ts';

const inputs: readonly Input[] = [
  { type: 'begin', mode: 'payout', hasTicket: true },
  { type: 'ticket' },
  { type: 'found', payout },
  { type: 'absent' },
  { type: 'drawn' },
  { type: 'tokenized', result: { kind: 'card', numberHash: 'h', masked: null } },
  { type: 'widget-error', spent: true },
  { type: 'widget-error', spent: false },
  { type: 'forged' },
  { type: 'stale' },
  { type: 'start' },
  { type: 'accepted', payout },
  { type: 'status', payout: { ...payout, version: 9, status: 'succeeded' } },
  { type: 'contact', there: false },
  { type: 'contact', there: true },
  { type: 'answer', answer: 'confirm' },
  { type: 'refused', code: 'network', payout: null },
  { type: 'trouble', code: 'internal_error', unsure: false, payout: null },
  { type: 'trouble', code: 'network', unsure: true, payout: null },
  { type: 'again' },
  { type: 'retry', hasTicket: true },
  { type: 'reset', hasTicket: true },
];

describe('the flow', () => {
  it('never loses a payout in flight to a reset, a ticket or a form', () => {
    for (const [name, state] of everyState()) {
      if (!moneyInFlight(state) || state.step.at !== 'payout') continue;
      for (const input of inputs.filter(({ type }) => type !== 'begin')) {
        const { state: after, effects } = next(state, input);
        expect(after.step.at, `${name}, ${input.type}`).to.equal('payout');
        expect(effects.some((effect) => effect.do === 'prepare' || effect.do === 'send')).to.equal(false);
      }
    }
  });

  it('sends a token only after one was given, and tells last', () => {
    for (const [name, state] of everyState()) {
      for (const input of inputs) {
        const { effects } = next(state, input);
        const kinds = effects.map((effect) => effect.do);
        const told = kinds.indexOf('tell');
        if (told >= 0) expect(kinds.slice(told).every((kind) => kind === 'tell')).to.equal(true);
        const holds = 'result' in state.step && state.step.result !== null;
        if (kinds.includes('send')) expect(holds, `${name}, ${input.type}`).to.equal(true);
      }
    }
  });

  it('confirms only what waits for the recipient, and once', () => {
    for (const [name, state] of everyState()) {
      const { state: after, effects } = next(state, { type: 'answer', answer: 'confirm' });
      const decided = effects.some((effect) => effect.do === 'decide');
      const { step } = state;
      const waits = step.at === 'payout' && step.payout.status === 'awaiting_confirmation';
      if (decided) expect(waits && step.payout.confirm === 'recipient', name).to.equal(true);
      expect(next(after, { type: 'answer', answer: 'cancel' }).effects).to.deep.equal([]);
    }
  });
});
