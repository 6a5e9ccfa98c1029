/** A payout ticket: who is paid what, signed by your server. Nothing but Node's own library. */
import { createHmac } from 'node:crypto';
import { env } from 'node:process';

export function mintTicket(claims, secret, audience, seconds = 600) {
  const key = Buffer.from(secret, 'base64'); // the secret is base64: its bytes sign, not its characters
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { ...claims, aud: audience, iat: now, exp: now + seconds },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

if (import.meta.filename === process.argv[1]) {
  const claims = {
    sub: 'courier-7', // who is paid, in your words
    ref: 'week-2026-47/courier-7', // what is paid: one reference is paid once, for ever
    amount: 425_000, // kopecks, a whole number
    currency: 'RUB',
    full_name: 'Иванов Иван Иванович',
    description: 'Услуги курьера, договор "15/К", без НДС',
  };
  console.log(mintTicket(claims, env.TICKET_SECRET, env.TICKET_AUDIENCE));
}
