import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../src/secrets/configuration-error.js';
import { createSecrets } from '../src/secrets/secrets.js';

const oldSecret = 'the old secret, which is long enough';
const newSecret = 'the new secret, which is long enough';

describe('createSecrets', () => {
  test('a digest matches its own text and purpose only', async () => {
    const secrets = createSecrets(newSecret);
    const digest = await secrets.digest('token', 'abc');
    expect(digest).toMatch(/^[\w-]{8}\.[\w-]{43}$/);
    expect(digest).toBe(await secrets.digest('token', 'abc'));
    expect(await secrets.matches('token', 'abc', digest)).toBe(true);
    expect(await secrets.matches('token', 'abd', digest)).toBe(false);
    expect(await secrets.matches('ticket', 'abc', digest)).toBe(false);
  });

  test('after a rotation the new secret signs and the old one still verifies', async () => {
    const before = await createSecrets(oldSecret).digest('token', 'abc');
    const rotated = createSecrets([newSecret, oldSecret]);
    const after = await rotated.digest('token', 'abc');
    expect(await rotated.matches('token', 'abc', before)).toBe(true);
    expect(await rotated.matches('token', 'abc', after)).toBe(true);
    expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
    expect(await createSecrets(newSecret).matches('token', 'abc', before)).toBe(false);
  });

  test.each(['', '.', 'nonsense', 'aaaaaaaa.', 'aaaaaaaa.***', '.'.repeat(9)])(
    'the malformed digest %j matches nothing',
    async (digest) => {
      expect(await createSecrets(newSecret).matches('token', 'abc', digest)).toBe(false);
    },
  );

  test('a digest cut short or made under another key id matches nothing', async () => {
    const secrets = createSecrets(newSecret);
    const digest = await secrets.digest('token', 'abc');
    expect(await secrets.matches('token', 'abc', digest.slice(0, -2))).toBe(false);
    expect(await secrets.matches('token', 'abc', `x${digest.slice(1)}`)).toBe(false);
  });

  test.each([
    ['an empty secret', '', 'secret'],
    ['no secret at all', [], 'secret'],
    ['a short secret', 'hunter2-hunter2', 'secret'],
    ['a short second secret', [newSecret, 'hunter2-hunter2'], 'secret[1]'],
  ])('%s is refused with the way out, and not repeated', (_name, secret, option) => {
    let error: unknown;
    try {
      createSecrets(secret);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ option });
    expect(String(error)).toContain('openssl rand -base64 32');
    expect(String(error)).not.toContain('hunter2');
  });
});
