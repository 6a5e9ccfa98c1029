import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSigner, generateKeyPair, signBody } from '@b131/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadKeys, type ServedSandbox, serveSandbox } from '../src/node/index.js';

let dir: string;
let served: ServedSandbox[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'b131-sandbox-'));
});

afterEach(async () => {
  await Promise.all(served.map((one) => one.close()));
  served = [];
  await rm(dir, { recursive: true, force: true });
});

async function serve(options: { port?: number; hostname?: string } = {}): Promise<ServedSandbox> {
  const one = await serveSandbox({ port: 0, keysDir: join(dir, 'keys'), ...options });
  served.push(one);
  return one;
}

describe('a served sandbox', () => {
  it('answers signed calls on a free port of this machine only', async () => {
    const { url, keys } = await serve();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const sign = await createSigner(await readFile(keys.paths.partnerPrivate, 'utf8'));
    const body = new TextEncoder().encode('{"metadata":"хорошо"}');
    const headers = { 'x-partner-project': 'sandbox', 'x-partner-sign': await signBody(sign, body) };
    const answer = await fetch(`${url}/api/v1/session/create`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ status: 'ok', session: { status: 'created' } });
  });

  it('closes at once, open streams and all', async () => {
    const one = await serve();
    const stream = await fetch(`${one.url}/sandbox/events`);
    const read = stream.text().catch(() => 'cut');
    await one.close();
    await read;
    await expect(fetch(one.url)).rejects.toThrow();
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL((await serve()).url).port);
    await expect(serve({ port })).rejects.toMatchObject({
      name: 'PortError',
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`),
    });
  });

  it('says when its address is not one of this machine', async () => {
    await expect(serve({ hostname: '192.0.2.1' })).rejects.toMatchObject({ name: 'PortError' });
  });
});

describe('the keys', () => {
  it('are made once, the private ones for their owner alone', async () => {
    const first = await loadKeys(dir);
    const second = await loadKeys(dir);
    expect([first.made, second.made]).toEqual([true, false]);
    expect({ ...second, made: true }).toEqual(first);
    expect((await stat(first.paths.partnerPrivate)).mode & 0o777).toBe(0o600);
    expect((await stat(first.paths.bankPrivate)).mode & 0o777).toBe(0o600);
  });

  it('a public key of your own is used without its private one', async () => {
    const { publicKey } = await generateKeyPair();
    await writeFile(join(dir, 'partner-public.pem'), publicKey);
    const keys = await loadKeys(dir);
    expect(keys.partnerPublicKey).toBe(publicKey);
    await expect(stat(keys.paths.partnerPrivate)).rejects.toThrow();
  });

  it('a public key that was lost is made of its private one', async () => {
    const { partnerPublicKey, paths } = await loadKeys(dir);
    await rm(paths.partnerPublic);
    expect((await loadKeys(dir)).partnerPublicKey.replaceAll(/\s/g, '')).toBe(
      partnerPublicKey.replaceAll(/\s/g, ''),
    );
  });

  it.each([
    ['a private key that is none', 'partner-private.pem', 'is not a private key'],
    ['a public key of the bank alone', 'bank-public.pem', 'bank-private.pem beside it'],
  ])('%s is told by its path', async (_, file, words) => {
    await writeFile(join(dir, file), 'nothing');
    const error = await loadKeys(dir).catch((error) => error);
    expect([error.name, error.message]).toEqual(['KeysError', expect.stringContaining(words)]);
  });

  it('a folder that is a file, and a key that is a folder, are told', async () => {
    await writeFile(join(dir, 'file'), '');
    await expect(loadKeys(join(dir, 'file'))).rejects.toMatchObject({
      message: expect.stringContaining('--keys'),
    });
    await expect(loadKeys(join(dir, 'file', 'keys'))).rejects.toMatchObject({ name: 'KeysError' });
    await mkdir(join(dir, 'bank-private.pem'));
    await expect(loadKeys(dir)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read (EISDIR)'),
    });
  });
});
