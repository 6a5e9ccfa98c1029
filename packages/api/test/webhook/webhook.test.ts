import { sign as nodeSign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ConfirmInformation,
  RequestError,
  SignatureError,
  type Webhook,
  WebhookError,
  webhookSchema,
} from '../../src/index.js';
import { clientOf, sessionBody } from '../support/client.js';
import { rejection } from '../support/errors.js';
import { fixture, fixtureText } from '../support/fixtures.js';
import { encode, otherRsa, rsa } from '../support/keys.js';

const bank = clientOf('http://127.0.0.1:1', { bankPublicKeys: [otherRsa.publicKey, rsa.spki] });
const signed = (body: Uint8Array) => nodeSign('sha256', body, rsa.privateKey).toString('base64');
const receive = (text: string) => bank.verifyWebhook(encode(text), signed(encode(text)));
const { session } = sessionBody();

describe('a webhook', () => {
  it.each([
    [
      'webhook.ready_to_confirm.v1.payout.RECONSTRUCTED',
      'ready_to_confirm',
      [{ id: 'po_2018', status: 'pending' }],
    ],
    [
      'webhook.payment_finished.v1.payout.sibling',
      'payment_finished',
      [{ status: 'succeeded', transaction_info: { rrn: '425307614918' } }],
    ],
    [
      'webhook.payment_finished.v1.payout.failed.RECONSTRUCTED',
      'payment_finished',
      [{ status: 'failed', error: { code: 'account_not_found' } }],
    ],
    [
      'webhook.payment_refunded.v1.payout.RECONSTRUCTED',
      'payment_refunded',
      [{ refunds: [{ id: 'rf_203', amount_details: { amount: 10000, currency: 'RUB' } }] }],
    ],
    ['webhook.payment_refunded.v1.acquiring.partial', 'payment_refunded', []],
    ['webhook.action_required.v1.partial', 'action_required', []],
  ])('%s is believed and read', async (name, type, payouts) => {
    const webhook = await receive(fixtureText(`${name}.json`));
    expect(webhook).toMatchObject({ type, session: { id: 'ps_3230', payouts } });
  });

  it('in v2 names reads like in v1 names', async () => {
    const text = fixtureText('webhook.ready_to_confirm.v1.payout.RECONSTRUCTED.json');
    const v2 = text.replace('"payments"', '"payout_list"').replace('"payment_method"', '"payout_details"');
    expect(await receive(v2)).toEqual(await receive(text));
  });

  it('of a type nobody knows comes through', async () => {
    const webhook = await receive(JSON.stringify({ type: 'brand_new', session, extra: [1] }));
    expect(webhook).toMatchObject({ type: 'brand_new', session: { id: 'ps_3230' }, extra: [1] });
  });

  it('brings what must be sent back with the confirmation, untouched', async () => {
    const confirm_information = { transfer_details: { payment_method: { a: [] } }, exchanges: [] };
    const webhook = await receive(JSON.stringify({ type: 'ready_to_confirm', session, confirm_information }));
    expect(webhook.confirm_information).toEqual(confirm_information);
    const empty = await receive(
      JSON.stringify({ type: 'ready_to_confirm', session, confirm_information: [] }),
    );
    expect(empty.confirm_information).toBeUndefined();
  });

  it('is told apart by its type', () => {
    const informationOf = (webhook: Webhook) => {
      if (webhook.type !== 'ready_to_confirm') return undefined;
      expectTypeOf(webhook.session.id).toBeString();
      return webhook.confirm_information;
    };
    expectTypeOf(informationOf).parameter(0).toEqualTypeOf<Webhook>();
    expectTypeOf<ConfirmInformation>().toBeObject();
    expect(informationOf(webhookSchema.parse(fixture('webhook.action_required.v1.partial')))).toBeUndefined();
  });

  it('is believed by its bytes alone: slashes escaped by PHP and Cyrillic as they came', async () => {
    const text = `{"type":"payment_finished","session":${JSON.stringify({ ...session, metadata: 'Иван/👍' }).replace('/', '\\/')}}`;
    expect(await receive(text)).toMatchObject({ session: { metadata: 'Иван/👍' } });
    const rewritten = encode(JSON.stringify(JSON.parse(text)));
    const error = await rejection(bank.verifyWebhook(rewritten, signed(encode(text))), SignatureError);
    expect(error.reason).toBe('invalid');
  });

  it('is believed with whitespace in its signature, and from any of the bank’s keys', async () => {
    const body = encode(JSON.stringify({ type: 'payment_finished', session }));
    const folded = ` ${signed(body).replace(/.{64}/g, '$&\r\n\t')} `;
    expect(await bank.verifyWebhook(body, folded)).toMatchObject({ type: 'payment_finished' });
    const byOther = nodeSign('sha256', body, otherRsa.privateKey).toString('base64');
    expect(await bank.verifyWebhook(body, byOther)).toMatchObject({ type: 'payment_finished' });
  });
});

describe('a webhook that is not proven', () => {
  const body = encode(JSON.stringify({ type: 'payment_finished', session }));

  it.each([
    ['no signature', undefined, 'missing'],
    ['no header', null, 'missing'],
    ['an empty signature', ' ', 'missing'],
    ['no base64', 'signature!', 'malformed'],
    ['base64 of something', 'c2lnbmF0dXJl', 'invalid'],
    ['a hex placeholder of old examples', '0'.repeat(64), 'invalid'],
  ])('with %s is not believed', async (_, signature, reason) => {
    const error = await rejection(bank.verifyWebhook(body, signature), SignatureError);
    expect(error).toMatchObject({ name: 'SignatureError', reason });
  });

  it('by the key of somebody else is not believed', async () => {
    const onlyOther = clientOf('http://127.0.0.1:1', { bankPublicKeys: [otherRsa.publicKey] });
    expect(await rejection(onlyOther.verifyWebhook(body, signed(body)), SignatureError)).toMatchObject({
      reason: 'invalid',
    });
  });

  it('with any one byte changed is not believed', async () => {
    const signature = signed(body);
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = body.map((byte, index) => (index === at ? byte ^ by : byte));
        const error = await rejection(bank.verifyWebhook(changed, signature), SignatureError);
        expect(error.reason).toBe('invalid');
      }),
      { numRuns: 60 },
    );
  });

  it('handed over as text, not as bytes, is a mistake of the caller', async () => {
    const call = Reflect.apply(bank.verifyWebhook, bank, ['{}', signed(body)]);
    expect(await rejection(call, RequestError)).toMatchObject({ issues: [{ path: 'rawBody' }] });
  });
});

describe('a webhook that is the bank’s but unreadable', () => {
  it.each([
    ['no JSON', 'ok', 'not-json', undefined],
    ['no object', '[]', 'no-session', undefined],
    ['no session', '{"type":"confirmation_payout","payout":{}}', 'no-session', 'confirmation_payout'],
    ['a broken session', '{"type":"payment_finished","session":{"id":7}}', 'schema', 'payment_finished'],
    ['no type', JSON.stringify({ session }), 'schema', undefined],
  ])('%s is a WebhookError that tells its type where it can', async (_, text, reason, type) => {
    const error = await rejection(receive(text), WebhookError);
    expect(error).toMatchObject({ name: 'WebhookError', reason, type });
  });

  it('as bytes that are no text', async () => {
    const body = Uint8Array.of(0xff, 0xfe);
    expect(await rejection(bank.verifyWebhook(body, signed(body)), WebhookError)).toMatchObject({
      reason: 'not-json',
    });
  });

  it('keeps whatever a believable one brings along', async () => {
    const field = fc.string({ minLength: 1 }).map((name) => `x_${name}`);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1 }),
        fc.dictionary(field, fc.jsonValue()),
        async (type, extra) => {
          // What JSON cannot tell apart, -0 and 0, is compared as JSON has it.
          const text = JSON.stringify({ ...extra, type, session });
          const { session: _, confirm_information, ...read } = await receive(text);
          expect(read).toEqual({ ...JSON.parse(JSON.stringify(extra)), type });
          expect(confirm_information).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });
});
