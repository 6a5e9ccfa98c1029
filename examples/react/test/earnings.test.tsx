// @vitest-environment jsdom
import { failed, type InstalledFakePayout, installFakePayout, recipientOf } from '@b131/element/testing';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Earnings } from '../src/Earnings.tsx';

vi.mock('../src/ticket.ts', () => ({ getTicket: async () => fake.ticket }));
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let fake: InstalledFakePayout;
let root: Root;

beforeEach(() => {
  document.body.innerHTML = '<main></main>';
  root = createRoot(document.body.children[0]);
});

afterEach(() => {
  act(() => root.unmount());
  fake.remove();
});

async function open() {
  await act(async () => root.render(<Earnings />));
  return recipientOf(document.querySelector('b131-payout'));
}

test('a courier is paid, and the page says so', async () => {
  fake = installFakePayout({ script: ['awaiting_confirmation', 'succeeded'], owed: { amount: 425_000 } });
  const recipient = await open();
  await recipient.sees('form');
  recipient.fillIn();
  await recipient.sees('review');
  expect(document.querySelector('p')?.textContent).toBe('');
  recipient.press('confirm');
  await act(() => recipient.sees('succeeded'));
  expect(document.querySelector('p')?.textContent).toBe('Paid: 4250 RUB');
});

test('a wrong account leads back to the form', async () => {
  fake = installFakePayout({ script: [failed('account_not_found'), 'succeeded'] });
  const recipient = await open();
  await recipient.sees('form');
  recipient.fillIn();
  await recipient.sees('failed');
  recipient.press('another');
  await recipient.sees('form');
  recipient.fillIn('40817810400003860042');
  await act(() => recipient.sees('succeeded'));
  expect(fake.payout).toMatchObject({ attempt: 2, amount: 150_000 });
});
