import { expect } from '@open-wc/testing';
import { openPage } from './support/page.ts';
import { createWorld, origin } from './support/world.ts';

/** The policies that the README tells people to set. */
const direct = [
  "default-src 'none'",
  `script-src ${origin}/bundles/ ${origin}/widget/`,
  `style-src ${origin}/widget/`,
  `connect-src ${origin}`,
].join('; ');
const framed = [
  "default-src 'none'",
  `script-src ${origin}/bundles/`,
  `connect-src ${origin}`,
  `frame-src ${origin}`,
].join('; ');

describe("a page's Content-Security-Policy", () => {
  it('of the README lets a direct form work, styled, without a violation', async () => {
    const world = worldOf((await createWorld()).endpoint);
    const told = await openPage('policy', { csp: direct, world, how: 'direct' });
    expect(told).to.deep.equal({ codes: [], violations: [], shown: 'grid' });
  });

  it('of the README lets a framed form work without a violation', async () => {
    const world = worldOf((await createWorld('automatic', { origins: [origin, location.origin] })).endpoint);
    const told = await openPage('policy', { csp: framed, world, how: 'framed' });
    expect(told).to.deep.equal({ codes: [], violations: [], shown: 'framed' });
  });

  it('that names a nonce only lets a direct form work by the page’s own', async () => {
    const world = worldOf((await createWorld()).endpoint);
    const csp = `script-src 'nonce-page'; style-src 'nonce-page'; connect-src ${origin}`;
    const told = await openPage('policy', { csp, nonce: 'page', world, how: 'direct' });
    expect(told).to.deep.equal({ codes: [], violations: [], shown: 'grid' });
  });

  it('that forbids the bank’s script is told as blocked', async () => {
    const world = worldOf((await createWorld()).endpoint);
    const csp = direct.replace(` ${origin}/widget/`, '');
    const told = await openPage('policy', { csp, world, how: 'direct' });
    expect(told).to.deep.include({ codes: ['blocked'], shown: 'error' });
  });
});

function worldOf(endpoint: string): string {
  return endpoint.split('/').at(-1) ?? '';
}
