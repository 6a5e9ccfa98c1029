import type { ExchangeView } from '../../control/exchange.js';
import type { Setup } from '../../control/setup.js';

/** Fields of a call that a program sets, and not its HTTP client. */
const MEANT = ['x-partner-project', 'x-partner-submerchant', 'x-partner-idempotency-key'];

/** A call as a shell script that signs and sends it again. Secrets are shortened in it: they have to be put in. */
export function curlOf(request: ExchangeView['request'], setup: Setup | undefined): string {
  const key = setup?.keys?.paths.partnerPrivate ?? 'partner-private.pem';
  const headers = Object.entries(request.headers).filter(([name]) => MEANT.includes(name));
  const shortened = request.body.includes('…') || request.body.includes('***');
  return [
    ...(shortened ? ['# Secrets are shortened: put the whole ones in.'] : []),
    `BODY=${quoted(request.body)}`,
    `SIGN=$(printf %s "$BODY" | openssl dgst -sha256 -sign ${quoted(key)} | openssl base64 -A)`,
    `curl ${quoted(`${setup?.origin ?? location.origin}${request.url}`)} \\`,
    ...(request.verb === 'POST' ? [] : [`  -X ${request.verb} \\`]),
    `  -H 'Content-Type: application/json' \\`,
    ...headers.map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)} \\`),
    `  -H "X-PARTNER-SIGN: $SIGN" \\`,
    `  --data-binary "$BODY"`,
    '',
  ].join('\n');
}

/** In single quotes, as a shell takes nothing in them for its own. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
