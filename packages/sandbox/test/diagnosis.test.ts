import { constants, createHash, createPrivateKey, sign as signWith } from 'node:crypto';
import { expect, it } from 'vitest';
import { keys, openDesk } from './support/desk.js';

/** What is sent, unless a test says otherwise. */
const SENT = '{"metadata":"https://a.example/й","session_id":"ps_1"}';

/** The reason in the log for a call whose signature is over something else. */
async function reasonFor(
  signed: string | Buffer,
  sent = SENT,
  algorithm = 'RSA-SHA256',
  padding = constants.RSA_PKCS1_PADDING,
) {
  const desk = await openDesk();
  const key = createPrivateKey((await keys()).partner.privateKey);
  const signature = signWith(algorithm, Buffer.from(signed), { key, padding }).toString('base64');
  await desk.send('/api/v2/session/status', sent, { 'x-partner-sign': signature });
  const event = desk.events.at(-1);
  return event?.kind === 'request' ? event.hint : undefined;
}

const json = JSON.parse(SENT);
const escaped = SENT.replaceAll('/', '\\/');
const ascii = SENT.replace('й', '\\u0439');

it.each<[string, string | Buffer, string, string?]>([
  ['nothing', '', 'an empty body was signed'],
  ['the [] of PHP', '[]', '[] was signed'],
  ['an end of line more', `${SENT}\n`, 'an end of line was signed that was not sent'],
  ['an end of line less', SENT, 'an end of line was sent that was not signed', `${SENT}\n`],
  ['other line ends', '{\n}', 'line ends were changed', '{\r\n}'],
  ['the digest in hex', createHash('sha256').update(SENT).digest('hex'), 'hashed twice'],
  ['the digest', createHash('sha256').update(SENT).digest(), 'hashed twice'],
  ['base64', Buffer.from(SENT).toString('base64'), 'the base64 of the body was signed'],
  ['plain slashes', SENT, 'plain slashes', escaped],
  ['escaped slashes', escaped, 'escaped slashes (\\/), as PHP writes them'],
  ['escaped letters', ascii, 'non-ASCII letters escaped'],
  ['all that PHP escapes', ascii.replaceAll('/', '\\/'), 'json_encode'],
  ['Python', ascii.replaceAll('":"', '": "').replaceAll('","', '", "'), 'json.dumps'],
  ['lines', JSON.stringify(json, null, 2), 'in lines of 2 blanks'],
  ['sorted keys', SENT, 'with its keys sorted', '{"session_id":"ps_1","metadata":"https://a.example/й"}'],
  ['something else', '{"metadata":"food"}', 'sign the very bytes you send'],
])('the log says that it was signed over %s', async (_, signed, words, sent) => {
  const reason = await reasonFor(signed, sent);
  expect(reason).toContain('Signed with the right key, but');
  expect(reason).toContain(words);
  const digest = createHash('sha256').update(signed).digest('hex').slice(0, 16);
  expect(reason).toContain(`signed was SHA-256 ${digest}`);
  expect(reason).toContain(`Hashed here: the ${Buffer.from(sent ?? SENT).length} bytes`);
});

it.each([
  ['RSA-SHA1', 'with SHA-1'],
  ['RSA-SHA512', 'with SHA-512'],
  ['RSA-MD5', 'with MD5'],
])('the log says that it was signed with %s', async (algorithm, words) => {
  expect(await reasonFor(SENT, SENT, algorithm)).toContain(words);
});

it('the log tells PSS padding', async () => {
  expect(await reasonFor(SENT, SENT, 'RSA-SHA256', constants.RSA_PKCS1_PSS_PADDING)).toContain('PSS');
});
