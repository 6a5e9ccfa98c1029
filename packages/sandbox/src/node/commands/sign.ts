import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { createSigner, importPublicKey, signBody, verifyBody } from '@b131/api';
import { isBase64, notBase64 } from '../../door/authentication.js';
import { diagnoseSignature } from '../../door/diagnosis.js';
import {
  type Command,
  CommandError,
  FALSE_SIGNATURE,
  OptionError,
  only,
  print,
  readOptions,
} from './command.js';

export const sign: Command = {
  summary: 'sign a file as a call of the API',
  usage: `b131-sandbox sign: the value of X-PARTNER-SIGN for the bytes of a file

  b131-sandbox sign body.json
  printf %s '{"session_id":"ps_1"}' | b131-sandbox sign -

  --key FILE  private key, PEM (b131-keys/partner-private.pem)
  --header    print the whole header, for curl -H
  --help      this text

The bytes are signed as they are, an end of line included: send the very same ones (curl --data-binary @body.json).
`,
  async run(args) {
    const options = {
      key: { type: 'string', default: 'b131-keys/partner-private.pem' },
      header: { type: 'boolean' },
    } as const;
    const { values, positionals } = readOptions(() => parseArgs({ args, options, allowPositionals: true }));
    const bytes = await bytesOf(only(positionals, 'file'));
    const signature = await signBody(await createSigner(await textOf(values.key, '--key')), bytes);
    print(values.header ? `X-PARTNER-SIGN: ${signature}` : signature);
    return 0;
  },
};

export const verify: Command = {
  summary: 'check the signature of a webhook or a call, and say why it does not hold',
  usage: `b131-sandbox verify: does a signature belong to the bytes of a file?

  b131-sandbox verify webhook.json --signature 'base64…'

  --signature S  value of X-PARTNER-SIGN
  --key FILE     public key of who signed, PEM (b131-keys/bank-public.pem; for your calls b131-keys/partner-public.pem)
  --help         this text

Exit code 0: it holds. 3: it does not, and the output says why.
`,
  async run(args) {
    const options = {
      key: { type: 'string', default: 'b131-keys/bank-public.pem' },
      signature: { type: 'string' },
    } as const;
    const { values, positionals } = readOptions(() => parseArgs({ args, options, allowPositionals: true }));
    const { signature } = values;
    if (signature === undefined)
      throw new OptionError('--signature is missing: the value of X-PARTNER-SIGN.');
    const bytes = await bytesOf(only(positionals, 'file'));
    const key = await importPublicKey(await textOf(values.key, '--key'), values.key);
    const problem = await problemOf(key, bytes, signature.trim());
    print(problem ?? 'The signature holds.');
    return problem === null ? 0 : FALSE_SIGNATURE;
  },
};

async function problemOf(key: CryptoKey, bytes: Uint8Array, signature: string): Promise<string | null> {
  if (!isBase64(signature)) return notBase64(signature);
  return (await verifyBody(key, bytes, signature)) ? null : diagnoseSignature(key, signature, bytes);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  return file === '-' ? buffer(process.stdin) : read(file, 'The file');
}

async function textOf(path: string, option: string): Promise<string> {
  return new TextDecoder().decode(await read(path, option));
}

async function read(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code =
      typeof error === 'object' && error !== null && 'code' in error ? error.code : 'unknown reason';
    throw new CommandError(`${what} ${path} cannot be read (${String(code)}).`);
  }
}
