import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Keys, loadKeys } from '../keys.js';
import { type Command, none, print, readOptions } from './command.js';

export const keys: Command = {
  summary: 'make a key pair in the form the bank asks for',
  usage: `b131-sandbox keys: RSA key pairs of 2048 bits, PEM, in the form the bank asks for

  b131-sandbox keys [options]

  --keys DIR  folder to make them in; what is there already is kept (./b131-keys)
  --json      paths and the public keys as JSON
  --help      this text

partner-public.pem is what the bank's manager gets; partner-private.pem signs your calls and never leaves you.
bank-private.pem and bank-public.pem belong to the sandbox: the real bank has its own.
`,
  async run(args) {
    const options = { keys: { type: 'string', default: 'b131-keys' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = readOptions(() => parseArgs({ args, options, allowPositionals: true }));
    none(positionals);
    const made = await loadKeys(values.keys);
    print(values.json ? JSON.stringify(facts(made)) : words(made));
    return 0;
  },
};

function facts({ made, paths, partnerPublicKey, bankPublicKey }: Keys) {
  return { made, paths, partnerPublicKey, bankPublicKey, fingerprint: fingerprint(partnerPublicKey) };
}

function words({ made, paths, partnerPublicKey }: Keys): string {
  return `${made ? 'New keys were made.' : 'The keys were there already; nothing was changed.'}

  ${paths.partnerPrivate}  signs your calls; yours alone to read
  ${paths.partnerPublic}   goes to the bank's manager
  ${paths.bankPublic}      checks the sandbox's webhooks

SHA-256 of the public key (DER), to compare on the phone:
  ${fingerprint(partnerPublicKey)}

${partnerPublicKey.trim()}`;
}

function fingerprint(pem: string): string {
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  return createHash('sha256')
    .update(der)
    .digest('hex')
    .replaceAll(/..(?!$)/g, '$&:');
}
