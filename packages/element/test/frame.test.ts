import { expect, waitUntil } from '@open-wc/testing';
import '../src/define.js';
import { event, face, record } from './support/element.ts';
import { fillInFrame, frameOf, inFrame, mountFramed } from './support/frame.ts';
import { createWorld, origin } from './support/world.ts';

describe('a framed form', () => {
  it('takes the recipient from the account to the money', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    const events = record(element);
    await face(element, 'form');
    const { url, text } = await inFrame(element, 'look');
    expect(url).to.equal(`${world.endpoint}/widget`);
    expect(text).to.contain('Account number');
    const token = event(element, 'b131-token');
    await fillInFrame(element);
    expect((await token).result).to.include({ kind: 'bank_account', masked: '40817***9535' });
    await face(element, 'starting');
    expect(frameOf(element)).to.equal(null);
    await world.move({ status: 'succeeded' });
    await face(element, 'succeeded');
    expect(events.slice(0, 3)).to.deep.equal(['b131-ready', 'b131-token', 'b131-status:created']);
  });

  it('gets its public token from its own origin, without asking beforehand', async () => {
    const world = await createWorld();
    const element = await mountFramed(world);
    await face(element, 'form');
    const [request] = await world.seen('public-tokens');
    expect(request?.origin).to.equal(origin);
    const { preflights } = await world.look();
    expect(preflights).to.deep.equal(['payouts/current']);
    await waitUntil(() => frameOf(element) !== null);
  });
});
