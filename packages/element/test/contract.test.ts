import { expect } from '@open-wc/testing';
import { isFinal, payoutStatuses } from '../src/bff/payout.js';
import { viewOf } from '../src/faces/view.js';
import { type Effect, next } from '../src/flow/next.js';
import type { State, Step } from '../src/flow/state.js';
import { errorTable, statusTable } from '../src/index.js';
import { findLocale } from '../src/locales/find.js';
import { errorCodes, payout } from './support/states.ts';

const locale = findLocale('en');
const result = { kind: 'bank_account', token: 'f'.repeat(64), masked: '40817***9535' } as const;

function at(step: Step): State {
  return { mode: 'payout', step };
}

function eventsOf(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.do === 'tell' ? [effect.event] : []));
}

/** Rows of the README's tables, by what stands in their first cell. */
const rows = await fetch('/README.md')
  .then((response) => response.text())
  .then((text) => text.split('\n').filter((line) => /^\| `[\w-]+` +\|/.test(line)))
  .then((lines) => lines.map((line) => line.split('|').map((cell) => cell.trim())))
  .then((lines) => lines.map((cells) => [cells[1]?.replaceAll('`', '') ?? '', cells.slice(2)] as const));

function rowOf(name: string): readonly string[] {
  const found = rows.filter(([first]) => first === name);
  expect(found, `rows of ${name}`).to.have.lengthOf(1);
  return found[0]?.[1] ?? [];
}

const moneyWords = {
  no: 'has not moved',
  possible: 'possibly on its way',
  yes: 'paid',
  back: 'came back to the sender',
};

describe('the contract of events and faces', () => {
  for (const status of payoutStatuses) {
    const { face, event, money } = statusTable[status];
    const seen = { ...payout, status, version: 2 };

    it(`${status}: ${face}, ${event ?? 'no event of its own'}, money ${money}`, () => {
      const from = at({ at: 'payout', payout: { ...payout, version: 1 }, asked: null, notice: null });
      const { state, effects } = next(from, { type: 'status', payout: seen });
      expect(eventsOf(effects)).to.deep.equal(['b131-status', ...(event === null ? [] : [event])]);
      expect(viewOf(state, locale, null).face).to.equal(face);
      // What is final cannot be on its way any more.
      expect(isFinal(status) && money === 'possible').to.equal(false);
      const [faces = '', told, words] = rowOf(status);
      expect(faces).to.contain(face);
      expect(told).to.equal(event === null ? '' : `\`${event}\``);
      expect(words).to.equal(status === 'needs_attention' ? 'unknown; never paid twice' : moneyWords[money]);
    });
  }

  for (const code of errorCodes()) {
    const { face, money, retryable } = errorTable[code];

    it(`${code}: ${face}, b131-error, money ${money}`, () => {
      const trouble = { type: 'trouble', code, unsure: false, payout: null } as const;
      const { state, effects } = next(at({ at: 'preparing', notice: null }), trouble);
      expect(effects).to.deep.equal([{ do: 'tell', event: 'b131-error', code, retryable }]);
      expect(viewOf(state, locale, null).face).to.equal(face);
      const [faces = '', again] = rowOf(code);
      expect(again).to.equal(retryable ? 'yes' : 'no');
      const asWritten = { form: /^the (form|face) stays/, payout_in_progress: /^the other payout/ };
      const pattern = Object.entries({
        ...asWritten,
        payout_finished: /^the other payout/,
        not_confirmable: /^the payout as it stands/,
      }).find(([name]) => name === face)?.[1];
      if (code === 'view_token_invalid') expect(faces).to.equal('a notice on the payout');
      else expect(faces).to.match(pattern ?? new RegExp(`^${face}\\b`));
    });

    it(`${code}: unsure whatever it is, where a payout may have been started`, () => {
      const trouble = { type: 'trouble', code, unsure: true, payout: null } as const;
      const { state } = next(at({ at: 'sending', result }), trouble);
      const view = viewOf(state, locale, null);
      expect(view.face).to.equal('unsure');
      expect(view.actions.map(({ name }) => name)).to.deep.equal(['retry']);
    });
  }

  it('has no row in the docs that the code does not know', () => {
    const known: readonly string[] = [...payoutStatuses, ...errorCodes()];
    const told = rows.map(([name]) => name).filter((name) => /_|-/.test(name) && !name.startsWith('b131-'));
    expect(told.filter((name) => !known.includes(name))).to.deep.equal([]);
  });
});
