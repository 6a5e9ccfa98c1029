import type { Setup } from '../../control/setup.js';

/** How a client of the bank is made in a language. */
export interface Snippet {
  readonly title: string;
  readonly code: string;
}

const OWN_PATHS = {
  partnerPrivate: 'b131-keys/partner-private.pem',
  bankPublic: 'b131-keys/bank-public.pem',
};

/** What to write into a program so that it talks to this sandbox. */
export function snippets({ origin, project, keys }: Setup): Snippet[] {
  const { partnerPrivate, bankPublic } = keys?.paths ?? OWN_PATHS;
  return [
    { title: 'curl and openssl', code: shell(origin, project, partnerPrivate) },
    { title: 'PHP', code: php(origin, project, partnerPrivate) },
    { title: 'TypeScript, @b131/api', code: typescript(origin, project, partnerPrivate, bankPublic) },
  ];
}

/** Makes a session; the shortest proof that key and project are right. */
export function shell(origin: string, project: string, key: string): string {
  return `BODY='{"metadata":"my first"}'
SIGN=$(printf %s "$BODY" | openssl dgst -sha256 -sign '${key}' | openssl base64 -A)
curl ${origin}/api/v2/session/create \\
  -H 'Content-Type: application/json' \\
  -H 'X-PARTNER-PROJECT: ${project}' \\
  -H "X-PARTNER-SIGN: $SIGN" \\
  --data-binary "$BODY"
`;
}

function php(origin: string, project: string, key: string): string {
  return `$body = json_encode(['metadata' => 'my first']);
openssl_sign($body, $signature, file_get_contents('${key}'), OPENSSL_ALGO_SHA256);
$call = curl_init('${origin}/api/v2/session/create');
curl_setopt_array($call, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_POSTFIELDS => $body,
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'X-PARTNER-PROJECT: ${project}',
        'X-PARTNER-SIGN: ' . base64_encode($signature),
    ],
]);
echo curl_exec($call);
`;
}

function typescript(origin: string, project: string, key: string, bank: string): string {
  return `import { readFileSync } from 'node:fs';
import { createBank131 } from '@b131/api';

const bank = createBank131({
  environment: { api: '${origin}' },
  project: '${project}',
  privateKey: readFileSync('${key}', 'utf8'),
  bankPublicKeys: [readFileSync('${bank}', 'utf8')],
});
`;
}

export const KEY_COMMANDS = `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out partner-private.pem
openssl pkey -in partner-private.pem -pubout -out partner-public.pem
`;
