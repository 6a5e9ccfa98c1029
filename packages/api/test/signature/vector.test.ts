import { describe, expect, it } from 'vitest';
import { verifyBody } from '../../src/index.js';
import { fixtureText } from '../support/fixtures.js';
import { encode } from '../support/keys.js';

interface Vector {
  body: string;
  signature: string;
  public_key_pem: string;
}

const vector: Vector = JSON.parse(fixtureText('signature.vector.json'));

describe("the bank's own signature vector", () => {
  it('verifies', async () => {
    expect(await verifyBody(vector.public_key_pem, encode(vector.body), vector.signature)).toBe(true);
  });

  it('verifies with line breaks and spaces in the base64', async () => {
    const folded = ` ${vector.signature.replace(/.{76}/g, '$&\r\n')}\n`;
    expect(await verifyBody(vector.public_key_pem, encode(vector.body), folded)).toBe(true);
  });

  it('does not verify another body, another key, or something that is no base64', async () => {
    expect(await verifyBody(vector.public_key_pem, encode('{ }'), vector.signature)).toBe(false);
    expect(await verifyBody(vector.public_key_pem, encode('[]'), vector.signature)).toBe(false);
    expect(await verifyBody(vector.public_key_pem, encode(vector.body), 'no base64!')).toBe(false);
    expect(await verifyBody(vector.public_key_pem, encode(vector.body), '')).toBe(false);
  });
});
