import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTicketVerifier } from '@b131/bff/tickets';
import { describe, expect, test } from 'vitest';
import { isInstalled, type Recipe, recipes } from './languages.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const audience = 'sandbox:my_project';
// Bytes that look different in base64 and base64url, so that mixing them up shows.
const secret = Buffer.concat([Buffer.from([0xfb, 0xff, 0xfe]), randomBytes(29)]).toString('base64');

async function mint({ run: [command, ...args], file }: Recipe): Promise<string> {
  const env = { ...process.env, TICKET_SECRET: secret, TICKET_AUDIENCE: audience };
  const { stdout } = await promisify(execFile)(command, [...args, file], { cwd: folder, env });
  return stdout.trim();
}

describe('a ticket minted in', () => {
  for (const recipe of recipes) {
    if (isInstalled(recipe)) {
      test(recipe.language, { timeout: 180_000 }, async () => {
        const verifier = createTicketVerifier({ keys: [{ algorithm: 'HS256', key: secret }] }, audience);
        const { issuedAt, expiresAt, ...ticket } = await verifier.verify(await mint(recipe));
        expect(ticket).toEqual({
          scope: 'payout',
          subject: 'courier-7',
          ref: 'week-2026-47/courier-7',
          amount: 425_000,
          currency: 'RUB',
          fullName: 'Иванов Иван Иванович',
          description: 'Услуги курьера, договор "15/К", без НДС',
          metadata: null,
        });
        expect(expiresAt - issuedAt).toBe(600);
        expect(Math.abs(expiresAt - Date.now() / 1000 - 600)).toBeLessThan(200);
      });
    } else {
      const program = recipe.probe[0];
      test(`${recipe.language} was NOT tried: there is no ${program} here`, () => {
        console.warn(`examples/tickets/${recipe.file} was not run: ${program} is not installed`);
        expect(isInstalled(recipe)).toBe(false);
      });
    }
  }
});

test('a key that is used as text where it is base64 is told apart from a forged ticket', async () => {
  const node = recipes.find(({ file }) => file === 'node/ticket.mjs');
  if (!node) throw new Error('the recipe for Node is gone');
  const ticket = await mint(node);
  const asText = createTicketVerifier(
    { keys: [{ algorithm: 'HS256', key: secret, encoding: 'text' }] },
    audience,
  );
  await expect(asText.verify(ticket)).rejects.toMatchObject({
    code: 'ticket_invalid',
    detail: expect.stringContaining('configure the key with encoding "base64"'),
  });
});

describe('docs/tickets.md shows the very file of', () => {
  for (const { file, fence } of recipes) {
    test(file, async () => {
      const docs = await readFile(new URL('../../../docs/tickets.md', import.meta.url), 'utf8');
      const code = await readFile(new URL(`../${file}`, import.meta.url), 'utf8');
      expect(docs).toContain(`\`\`\`${fence}\n${code}\`\`\``);
      expect(docs).toContain(`(../examples/tickets/${file})`);
    });
  }
});
