import { waitUntil } from './support/wait.ts';
import '../src/define.js';
import { conditions, goOffline } from './support/browser.ts';
import { face } from './support/element.ts';
import { inFrame, mountFramed } from './support/frame.ts';
import { createWorld, ticket } from './support/world.ts';

describe('a frame, as the person and the network would have it', () => {
  it('without a network says so, and opens by itself when it is back', async () => {
    const world = await createWorld();
    const element = await mountFramed(world, { mode: 'token', ticket: null });
    try {
      await goOffline();
      element.ticket = ticket();
      await face(element, 'offline');
    } finally {
      await conditions();
    }
    await face(element, 'form');
  });

  it("follows the person's own wish for the dark", async () => {
    const element = await mountFramed(await createWorld());
    element.style.colorScheme = 'light dark';
    await face(element, 'form');
    try {
      await conditions({ dark: true });
      await waitUntil(async () => (await inFrame(element, 'look')).looks.color === 'rgb(238, 241, 246)');
    } finally {
      await conditions();
    }
    await waitUntil(async () => (await inFrame(element, 'look')).looks.color === 'rgb(21, 26, 35)');
  });
});
