import { mintTicket } from '@b131/bff/tickets';
import { z } from 'zod';
import type { Stand } from './stand.ts';

/** What callers come with, good and bad, and the payouts they may know of. */
export interface Credentials {
  bearers: readonly string[];
  /** What lets a caller in at this route. */
  rightFor(path: string): string;
  payoutIds: readonly string[];
  session: string;
  origin: string;
  /** The ticket that opened the payout; its words must come back to nobody. */
  words: readonly string[];
}

const started = z.object({ payout: z.object({ id: z.string() }), viewToken: z.string() });

/** Begins a payout as a recipient would, and collects what can be shown afterwards. */
export async function collect({ url, origin, project, canaries }: Stand): Promise<Credentials> {
  const audience = `sandbox:${project}`;
  const key = { algorithm: 'HS256', key: canaries.ticketKey } as const;
  const claims = {
    ...{ sub: 'courier-7', ref: 'week-47', amount: 150_000, currency: 'RUB' },
    ...{ full_name: canaries.fullName, description: 'Courier services' },
  };
  const now = Date.now();
  const own = await mintTicket(claims, { key, audience, expiresIn: 900 });
  const other = await mintTicket({ ...claims, sub: 'courier-8', ref: 'week-48' }, { key, audience });
  const stale = await mintTicket(claims, { key, audience, clock: { now: () => now - 3_600_000 } });
  const elsewhere = await mintTicket(claims, { key, audience: 'live:somebody' });
  const token = await mintTicket({ sub: 'courier-7', scope: 'token' }, { key, audience, expiresIn: 900 });
  const response = await fetch(`${url}/payouts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${own}`, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: canaries.accountToken }),
  });
  const { payout, viewToken } = started.parse(await response.json());
  const [head, body] = own.split('.');
  const cut = `${head}.${body}.AAAA`;
  const tokens = [own, other, stale, elsewhere, token, cut, viewToken, canaries.serverKey];
  return {
    bearers: ['', 'Bearer', 'Basic YTpi', ...tokens.map((one) => `Bearer ${one}`), `bearer   ${own}`],
    rightFor: (path) => `Bearer ${path.startsWith('/merchant') ? canaries.serverKey : own}`,
    payoutIds: [payout.id],
    session: canaries.operatorSession,
    origin,
    words: [own, other, token],
  };
}
