import { expect, test } from 'vitest';
import { problems } from '../src/http/refusal/problem.js';

const rows = Object.entries(problems).map(
  ([code, { status, title, whatToDo }]) =>
    `| \`${code}\` | ${status} | ${title} | ${whatToDo.replace(/<(\w)/g, '\\<$1')} |`,
);

const page = `# Errors and what to do

Generated from the code (\`pnpm --filter @b131/bff exec vitest run errors-doc -u\`).

## Over HTTP

\`application/problem+json\`: \`{ type, title, status, code, detail, errors? }\`. The \`code\` is stable; \`detail\` says
more where more is known; \`errors\` lists fields as \`{ field, problem, hint }\` and never holds a value. A 503 carries
\`Retry-After\`.

| code | HTTP | it means | what to do |
|---|---|---|---|
${rows.join('\n')}

## In a payout

\`error.code\` of a \`failed\` or \`cancelled\` payout is the bank's code (\`account_not_found\`, \`confirm_timeout\`, …) or one of ours:

| code | it means |
|---|---|
| \`session_cancelled\` | the bank cancelled the session and gave no reason |
| \`start_lost\` | no start arrived in as many sessions as \`rules.maxAttempts\` allows; each was seen cancelled |
| \`withdrawn\` | of a \`cancelled\` one: the merchant or an operator cancelled it; tickets from before open no other attempt |
| \`no_word\` | of a \`cancelled\` one: nobody gave the last word within \`rules.confirmWithin\` |
| \`destination_erased\` | the token was erased before it could be sent |
| \`unknown\` | the bank gave no code |

A payout that \`needs_attention\` says why in its journal and in the \`payout.changed\` event; the bank's final truth
still moves it on by itself.

| code | it means |
|---|---|
| \`mismatch\` | what the bank was about to pay differs from what was recorded; nothing was confirmed |
| \`bank_shows_…\` | the bank shows what cannot follow from what we did (\`many\`: several payouts in the session; \`odd\`: an unknown status) |
| \`overdue\` \`bank_unreadable\` | the bank works on it, or cannot be asked, for longer than \`rules.workPatience\` |
| \`confirm_not_taken\` \`cancel_not_taken\` | the bank still asks after \`rules.maxSends\` sendings of our word |
| \`cannot_open_session\` | no session could be opened within \`rules.preparePatience\`; the attempts go on |
| \`start_lost\` | with \`autoConfirmation\`: the start may still arrive, so no other attempt is made |
| \`earlier_attempt_alive\` | an earlier attempt's session cannot be cancelled; nothing is confirmed meanwhile |
| \`earlier_attempt_paid\` \`paid_twice\` \`paid_mismatch\` | money moved that should not have; an alarm was raised as well |

## In code

| error | from | when |
|---|---|---|
| \`ConfigurationError\` | \`createBff\`, \`mintTicket\` | an option is missing, too short, or of no use; names the option and the way out |
| \`TicketClaimsError\` | \`mintTicket\` | a claim is not as it must be; names the claims |
| \`StoreError\` | \`sqliteStore\` and every store call | \`reason\`: \`unwritable_path\`, \`newer_schema\`, \`corrupt\`, \`read_only\`, \`full\`, \`busy\`, \`unavailable\` |
| \`PortTakenError\` | \`serve\` | somebody else listens there; names the port and the way out |
| \`KeyError\` | \`createBank131\` at first use, \`ready()\` | a key is missing, unreadable, encrypted, not RSA, or the wrong half; \`serve\` throws it before it listens |
| \`BankError\` \`TransportError\` \`ResponseError\` \`RequestError\` | calls of \`@b131/api\` | see the package's README |
`;

test('docs/errors.md says what the code says', async () => {
  await expect(page).toMatchFileSnapshot('../../../docs/errors.md');
});
