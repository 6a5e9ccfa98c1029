import { KeyError } from '../errors/key-error.js';
import { fromBase64, toBase64 } from './base64.js';

/** A block of a PEM text: its label, e.g. `RSA PRIVATE KEY`, and its bytes. */
export interface PemBlock {
  readonly label: string;
  readonly encrypted: boolean;
  readonly der: Uint8Array<ArrayBuffer>;
}

/**
 * The block of a PEM text that holds a key. Takes what environment variables, YAML and Windows make of PEM: CRLF,
 * indentation, a byte order mark, quotes around, line breaks written as `\n` or folded into spaces, other blocks
 * before or behind.
 *
 * @throws KeyError `missing`, `unreadable`, `openssh`
 */
export function readPem(text: string, option: string): PemBlock {
  const plain = text.replace(/\\r\\n|\\n|\\r/g, '\n').trim();
  if (plain === '')
    throw new KeyError(option, 'missing', 'the key is empty: is the variable or file it comes from set?');
  const block = findBlock(plain, option);
  if (block.label.startsWith('OPENSSH')) throw opensshError(option);
  const headers = /^\s*(?:[A-Za-z-]+:.*\n)+/.exec(block.body)?.[0] ?? '';
  const der = fromBase64(block.body.slice(headers.length));
  if (!der || der.length === 0)
    throw new KeyError(
      option,
      'unreadable',
      'the text between the BEGIN and END lines is not base64: it was changed or cut on its way.',
    );
  return {
    label: block.label,
    encrypted: block.label.startsWith('ENCRYPTED') || headers.includes('ENCRYPTED'),
    der,
  };
}

/** A PEM text with lines of 64 characters. */
export function writePem(label: string, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function findBlock(text: string, option: string): { label: string; body: string } {
  const blocks = Array.from(text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g));
  const found = blocks.find(([, label]) => label?.endsWith('KEY')) ?? blocks[0];
  const [, label, body] = found ?? [];
  if (label === undefined || body === undefined) throw noBlockError(text, option);
  return { label, body };
}

function noBlockError(text: string, option: string): KeyError {
  if (/^ssh-[a-z0-9]+\s/.test(text)) return opensshError(option);
  if (text.includes('-----BEGIN')) {
    return new KeyError(
      option,
      'unreadable',
      'the PEM is cut: its END line is missing. An environment variable may have kept only the first line; write line breaks as \\n there.',
    );
  }
  if (text.startsWith('{')) {
    return new KeyError(
      option,
      'unreadable',
      'this is JSON text: hand over a JWK as an object, JSON.parse(text).',
    );
  }
  return new KeyError(
    option,
    'unreadable',
    'no PEM found: the text must have a -----BEGIN … KEY----- line. If it is a path, read the file and hand over its text.',
  );
}

function opensshError(option: string): KeyError {
  return new KeyError(
    option,
    'openssh',
    "the key is in OpenSSH's own format. Convert a private key with: ssh-keygen -p -m PEM -f key; a public one with: ssh-keygen -e -m PKCS8 -f key.pub",
  );
}
