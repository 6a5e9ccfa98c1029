import { sign as nodeSign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSigner, importPublicKey, signBody, verifyBody } from '../../src/index.js';
import { rsa } from '../support/keys.js';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 });
const change = { at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) };

const changed = (original: Uint8Array, at: number, by: number) =>
  original.map((byte, index) => (index === at % original.length ? byte ^ by : byte));

describe('a signature', () => {
  it('of any bytes is the one of node:crypto and verifies', async () => {
    const sign = await createSigner(rsa.pkcs1);
    const key = await importPublicKey(rsa.spki);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (body) => {
        const signature = await signBody(sign, body);
        expect(signature).toBe(nodeSign('sha256', body, rsa.privateKey).toString('base64'));
        expect(await verifyBody(key, body, signature)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('does not survive the change of any one byte, in the body or in itself', async () => {
    const key = await importPublicKey(rsa.spki);
    await fc.assert(
      fc.asyncProperty(bytes, change.at, change.by, async (body, at, by) => {
        const signature = nodeSign('sha256', body, rsa.privateKey);
        const otherSignature = Buffer.from(changed(signature, at, by)).toString('base64');
        expect(await verifyBody(key, changed(body, at, by), signature.toString('base64'))).toBe(false);
        expect(await verifyBody(key, body, otherSignature)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('does not cover one byte more or less', async () => {
    const key = await importPublicKey(rsa.spki);
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const signature = nodeSign('sha256', body, rsa.privateKey).toString('base64');
        expect(await verifyBody(key, body.slice(0, -1), signature)).toBe(false);
        expect(await verifyBody(key, Uint8Array.of(...body, 0x0a), signature)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
