import { expect } from '@open-wc/testing';
import type { B131Payout } from '../src/index.js';
import { face, fakeWidget, textOf } from './support/element.ts';
import { fillInFrame, inFrame } from './support/frame.ts';
import { waitUntil } from './support/wait.ts';
import { createWorld, origin, ticket } from './support/world.ts';

const docs = await fetch('/__wds-outside-root__/2/docs/csp.md').then((response) => response.text());

/** A policy as docs/csp.md has it, with the names of this test. */
function policy(name: string): string {
  const [, block = ''] = new RegExp(`\`\`\`csp-${name}\\n([^\`]+)\`\`\``).exec(docs) ?? [];
  if (!block) throw new Error(`docs/csp.md has no policy ${name}`);
  return block
    .replaceAll(/https:\/\/(pay\.shop\.example|widget\.bank131\.ru)/g, origin)
    .replaceAll('{nonce}', 'abc123')
    .replaceAll('\n', ' ')
    .trim();
}

interface Page {
  readonly element: B131Payout;
  readonly document: Document;
  violations(): readonly string[];
}

/** Opens a page of this origin under a policy, with the tag on it. */
async function open(sent: string, properties: object): Promise<Page> {
  const frame = document.createElement('iframe');
  const query = new URLSearchParams({ policy: sent, properties: JSON.stringify(properties) });
  frame.src = `/page-under-policy?${query}`;
  frame.style.cssText = 'inline-size: 600px; block-size: 900px';
  document.body.append(frame);
  await waitUntil(() => frame.contentDocument?.querySelector('b131-payout')?.shadowRoot, 'the tag is there', {
    timeout: 10_000,
  });
  const inside = frame.contentDocument;
  const element = inside?.querySelector<B131Payout>('b131-payout');
  if (!inside || !element) throw new Error('There is no page');
  return {
    element,
    document: inside,
    violations: () => Reflect.get(frame.contentWindow ?? {}, 'violations'),
  };
}

async function payDirectly({ element, document: page }: Page): Promise<void> {
  await face(element, 'form');
  const form = page.querySelector<HTMLFormElement>('#bank131-tokenize form');
  for (const input of form?.querySelectorAll('input') ?? []) input.value = '40817810400003869535';
  form?.requestSubmit();
  await face(element, 'starting');
}

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

describe('the policy of docs/csp.md', () => {
  it('for framed drawing lets a payout through, and nothing is complained of', async () => {
    const world = await createWorld();
    const page = await open(policy('framed'), { endpoint: world.endpoint, ticket: ticket() });
    await face(page.element, 'form');
    expect((await inFrame(page.element, 'look')).violations).to.deep.equal([]);
    await fillInFrame(page.element);
    await face(page.element, 'starting');
    await world.move({ status: 'succeeded' });
    await face(page.element, 'succeeded');
    expect(page.violations()).to.deep.equal([]);
  });

  for (const name of ['direct', 'nonce']) {
    it(`for direct drawing (${name}) lets a payout through, and nothing is complained of`, async () => {
      const world = await createWorld();
      const properties = {
        ...{ endpoint: world.endpoint, ticket: ticket(), environment: 'sandbox', direct: true },
        widget: fakeWidget(),
      };
      const page = await open(policy(name), properties);
      await payDirectly(page);
      expect(page.violations()).to.deep.equal([]);
    });
  }

  for (const [name, directive, code, properties] of [
    ['framed', 'frame-src', 'blocked', {}],
    ['direct', 'script-src', 'blocked', { direct: true }],
  ] as const) {
    it(`for ${name} drawing has in ${directive} nothing that could be left out`, async () => {
      const world = await createWorld();
      const narrower = policy(name).replace(new RegExp(`(${directive} [^;]*?)\\s*${origin}`), "$1 'self'");
      expect(narrower).not.to.equal(policy(name));
      const page = await open(narrower, {
        ...{ endpoint: world.endpoint, ticket: ticket(), environment: 'sandbox', widget: fakeWidget() },
        ...properties,
      });
      // It may have been told before anybody could listen: the face says the code as well.
      await face(page.element, 'blocked');
      expect(textOf(page.element)).to.contain(`Code: ${code}`);
      expect(page.violations().join()).to.contain(directive);
    });
  }
});
