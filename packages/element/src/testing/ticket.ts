import type { Owed } from './story.js';

/** A ticket that the fake takes and whose amount the element shows. Unsigned: a real backend refuses it. */
export function fakeTicket(owed: Owed): string {
  const claims = { sub: 'fake-recipient', full_name: 'Fake Recipient', ...owed };
  return `${encoded({ alg: 'none' })}.${encoded(claims)}.`;
}

function encoded(value: object): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
