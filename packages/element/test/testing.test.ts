import { expect } from '@open-wc/testing';
import type { B131Payout } from '../src/index.js';
import {
  createFakePayout,
  failed,
  type InstalledFakePayout,
  installFakePayout,
  type Line,
  recipientOf,
  refused,
} from '../src/testing/index.js';

describe('the fake for tests of a page', () => {
  let fake: InstalledFakePayout;
  let element: B131Payout;

  function play(...script: Line[]): void {
    fake = installFakePayout(script.length > 0 ? { script } : {});
    element = document.createElement('b131-payout');
    element.lang = 'en';
    document.body.append(element);
  }

  afterEach(() => {
    element.remove();
    fake.remove();
  });

  it('pays, when nothing else is said, and tells what was asked for', async () => {
    play();
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('succeeded');
    expect(recipient.reads()).to.contain('₽1,500.00').and.to.contain('40817***9535');
    expect(fake.payout).to.include({ status: 'succeeded', attempt: 1 });
    expect(fake.calls.slice(0, 3)).to.deep.equal([
      { method: 'GET', path: '/payouts/current', body: null, status: 404 },
      { method: 'POST', path: '/public-tokens', body: {}, status: 201 },
      {
        method: 'POST',
        path: '/payouts',
        body: { token: 'account:40817***9535:1', attempt: 1 },
        status: 202,
      },
    ]);
  });

  it('waits for the recipient where the script does', async () => {
    play('processing', 'awaiting_confirmation', 'confirming', 'succeeded');
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn('4242 4242 4242 4242');
    await recipient.sees('review');
    expect(recipient.reads()).to.contain('•••• 4242');
    recipient.press('confirm');
    await recipient.sees('succeeded');
  });

  it('cancels, and goes on with the next attempt of the script', async () => {
    play('awaiting_confirmation', 'succeeded', 'awaiting_confirmation', 'succeeded');
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('review');
    recipient.press('cancel');
    await recipient.sees('cancelled');
    recipient.press('another');
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('review');
    recipient.press('confirm');
    await recipient.sees('succeeded');
    expect(fake.payout).to.include({ attempt: 2 });
  });

  it('fails in the words of the bank, and takes another account', async () => {
    play(failed('account_not_found'), 'succeeded');
    const codes: string[] = [];
    element.addEventListener('b131-failure', ({ code }) => codes.push(code));
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('failed');
    recipient.press('another');
    await recipient.sees('form');
    recipient.fillIn('40817810400003860042');
    await recipient.sees('succeeded');
    expect(codes).to.deep.equal(['account_not_found']);
  });

  it('refuses any call once, the widget’s too', async () => {
    play(
      refused('public-token', 'bank_unavailable'),
      refused('widget', 'public_token_expired'),
      refused('start', 'limit_exceeded'),
      'succeeded',
    );
    const recipient = recipientOf(element);
    await recipient.sees('bank_unavailable');
    recipient.press('retry');
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('loading');
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('limit_exceeded');
    recipient.press('retry');
    await recipient.sees('succeeded');
  });

  it('holds until it is told to go on', async () => {
    play('processing', 'hold', 'succeeded');
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('processing');
    fake.go();
    await recipient.sees('succeeded');
  });

  it('says what is shown instead', async () => {
    play('hold');
    const recipient = recipientOf(element);
    await recipient.sees('form');
    const error = await recipient.sees('succeeded', 10).catch((reason: unknown) => String(reason));
    expect(error).to.contain('should show "succeeded" and shows "form"');
    expect(() => recipient.press('confirm')).to.throw('There is no button "confirm"');
  });

  it('leaves the page as it was', async () => {
    const before = globalThis.fetch;
    play();
    expect(globalThis.fetch).not.to.equal(before);
    expect((await fetch('/README.md')).status, 'other requests go their way').to.equal(200);
    fake.remove();
    expect(globalThis.fetch).to.equal(before);
  });
});

describe('the fake behind a server', () => {
  it('brings the form in a frame', async () => {
    const script: Line[] = [
      refused('widget', 'public_token_used'),
      'awaiting_confirmation',
      'confirming',
      'succeeded',
    ];
    const element = document.createElement('b131-payout');
    element.lang = 'en';
    element.endpoint = `/fake-payout/${encodeURIComponent(JSON.stringify(script))}/b131`;
    element.ticket = createFakePayout().ticket;
    document.body.append(element);
    const recipient = recipientOf(element);
    await recipient.sees('form');
    expect(element.shadowRoot?.querySelector('iframe')).not.to.equal(null);
    recipient.fillIn();
    await recipient.sees('loading');
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('review');
    recipient.press('confirm');
    await recipient.sees('succeeded');
    expect(recipient.reads()).to.contain('40817***9535');
    element.remove();
  });
});
