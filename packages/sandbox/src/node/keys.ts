import { createPublicKey } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generateKeyPair, importPrivateKey, importPublicKey } from '@b131/api';

/** Something about the keys folder that its owner has to mend; the message says what and how. */
export class KeysError extends Error {
  override readonly name = 'KeysError';
}

/** The two pairs: the partner's signs calls, the bank's signs webhooks. PEM text and where it lies. */
export interface Keys {
  readonly partnerPublicKey: string;
  readonly bankPrivateKey: string;
  readonly bankPublicKey: string;
  readonly paths: {
    readonly partnerPrivate: string;
    readonly partnerPublic: string;
    readonly bankPrivate: string;
    readonly bankPublic: string;
  };
  /** Were some of them made just now? */
  readonly made: boolean;
}

/**
 * Reads the keys in a folder and makes those that are missing (private ones with mode 0600). A `partner-public.pem`
 * of your own, without its private key, is welcome.
 *
 * @throws KeysError when the folder cannot be used, KeyError of `@b131/api` when a file holds no fitting key
 */
export async function loadKeys(dir: string): Promise<Keys> {
  const folder = resolve(dir);
  const paths = {
    partnerPrivate: join(folder, 'partner-private.pem'),
    partnerPublic: join(folder, 'partner-public.pem'),
    bankPrivate: join(folder, 'bank-private.pem'),
    bankPublic: join(folder, 'bank-public.pem'),
  };
  await makeFolder(folder);
  const partner = await loadPair(paths.partnerPrivate, paths.partnerPublic);
  const bank = await loadPair(paths.bankPrivate, paths.bankPublic);
  if (bank.privateKey === null) {
    throw new KeysError(
      `${paths.bankPublic} has no ${paths.bankPrivate} beside it: delete it, a new pair is made then.`,
    );
  }
  await importPublicKey(partner.publicKey, paths.partnerPublic);
  await importPrivateKey(bank.privateKey, paths.bankPrivate);
  return {
    partnerPublicKey: partner.publicKey,
    bankPrivateKey: bank.privateKey,
    bankPublicKey: bank.publicKey,
    paths,
    made: partner.made || bank.made,
  };
}

interface Pair {
  readonly privateKey: string | null;
  readonly publicKey: string;
  readonly made: boolean;
}

async function loadPair(privatePath: string, publicPath: string): Promise<Pair> {
  const [privateKey, publicKey] = [await read(privatePath), await read(publicPath)];
  if (publicKey !== null) return { privateKey, publicKey, made: false };
  if (privateKey !== null)
    return { privateKey, publicKey: await publicOf(privateKey, privatePath, publicPath), made: false };
  const pair = await generateKeyPair();
  await write(privatePath, pair.privateKey, 0o600);
  await write(publicPath, pair.publicKey, 0o644);
  return { ...pair, made: true };
}

async function publicOf(privateKey: string, privatePath: string, publicPath: string): Promise<string> {
  const publicKey = derivePublic(privateKey, privatePath);
  await write(publicPath, publicKey, 0o644);
  return publicKey;
}

function derivePublic(privateKey: string, path: string): string {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    throw new KeysError(`${path} is not a private key in PEM. Delete it, a new pair is made then.`);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new KeysError(
      `The keys folder ${folder} cannot be made (${codeOf(error)}). Choose another with --keys.`,
    );
  }
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new KeysError(
      `${path} cannot be read (${codeOf(error)}). Mend its rights or choose another folder with --keys.`,
    );
  }
}

/** Writes a new file; never over an old one. */
async function write(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { mode, flag: 'wx' });
  } catch (error) {
    throw new KeysError(`${path} cannot be written (${codeOf(error)}). Choose another folder with --keys.`);
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
