import { expect } from '@open-wc/testing';
import { createRef, type ReactElement, type ReactNode, StrictMode, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { B131ErrorEvent, type B131Payout as Element, type GetTicket } from '../src/index.js';
import { B131Payout, type B131PayoutProps } from '../src/react/index.js';
import { type InstalledFakePayout, installFakePayout, recipientOf } from '../src/testing/index.js';
import { reactProps } from './support/react-props.ts';
import { waitUntil } from './support/wait.ts';

describe('the React component', () => {
  let box: HTMLElement;
  let root: Root | undefined;
  let fake: InstalledFakePayout;
  let complaints: string[];
  const { error, warn } = console;

  beforeEach(() => {
    complaints = [];
    console.error = console.warn = (...values: unknown[]) => complaints.push(values.join(' '));
    fake = installFakePayout({ script: ['awaiting_confirmation', 'succeeded'] });
    box = document.createElement('main');
    document.body.append(box);
  });

  afterEach(() => {
    flushSync(() => root?.unmount());
    root = undefined;
    box.remove();
    fake.remove();
    Object.assign(console, { error, warn });
    expect(complaints.join('\n')).to.equal('');
  });

  function render(node: ReactNode): Element {
    root ??= createRoot(box);
    const at = root;
    flushSync(() => at.render(<StrictMode>{node}</StrictMode>));
    return found();
  }

  function found(): Element {
    const element = box.querySelector('b131-payout');
    if (!element) throw new Error('React has rendered no <b131-payout>');
    return element;
  }

  it('takes a payout from the form to the money, with events as props', async () => {
    const told: string[] = [];
    const element = render(
      <B131Payout
        endpoint={fake.endpoint}
        ticket={fake.ticket}
        lang="en"
        onReady={() => told.push('ready')}
        onToken={({ result }) => told.push(`token ${result.masked}`)}
        onStatus={({ payout }) => told.push(payout.status)}
        onSuccess={({ payout }) => told.push(`success ${payout.amount}`)}
      />,
    );
    const recipient = recipientOf(element);
    await recipient.sees('form');
    recipient.fillIn();
    await recipient.sees('review');
    recipient.press('confirm');
    await recipient.sees('succeeded');
    expect(told).to.deep.equal([
      'ready',
      'token 40817***9535',
      'created',
      'awaiting_confirmation',
      'confirming',
      'succeeded',
      'success 150000',
    ]);
  });

  it('sets properties as properties, and takes them back', async () => {
    const getTicket: GetTicket = async () => fake.ticket;
    const widget = { script: '/mine.js' };
    const element = render(
      <B131Payout
        endpoint="/b131"
        mode="token"
        locale="ru"
        getTicket={getTicket}
        widget={widget}
        className="mine"
      />,
    );
    expect(element.getTicket).to.equal(getTicket);
    expect(element.widget).to.equal(widget);
    expect(element).to.include({ endpoint: '/b131', mode: 'token', locale: 'ru', className: 'mine' });
    render(<B131Payout />);
    expect(element).to.include({ endpoint: '', mode: 'payout', locale: null, getTicket: null, widget: null });
    expect(found()).to.equal(element);
    expect(element.hasAttribute('class')).to.equal(false);
  });

  it('leaves alone what has not changed', async () => {
    const element = render(<B131Payout endpoint="/b131" ticket="one" />);
    element.ticket = 'set by hand';
    render(<B131Payout endpoint="/b131" ticket="one" title="another" />);
    expect(element.ticket).to.equal('set by hand');
    render(<B131Payout endpoint="/b131" ticket="two" />);
    expect(element.ticket).to.equal('two');
  });

  it('hands the element over by ref, and takes it back', async () => {
    const object = createRef<Element>();
    const seen: (Element | null)[] = [];
    const element = render(<B131Payout ref={object} />);
    expect(object.current).to.equal(element);
    expect(object.current?.reset()).to.be.a('boolean');
    render(<B131Payout ref={(one) => void seen.push(one)} />);
    expect(seen.at(-1)).to.equal(element);
    flushSync(() => root?.unmount());
    root = undefined;
    expect(seen.at(-1)).to.equal(null);
  });

  it('calls the newest listener, once, and none after it is gone', async () => {
    const told: string[] = [];
    let change = (_name: string): void => {};
    function Page(): ReactElement {
      const [name, setName] = useState('first');
      change = setName;
      const props: B131PayoutProps =
        name === 'none' ? {} : { onError: ({ code }) => told.push(`${name} ${code}`) };
      return <B131Payout {...props} />;
    }
    const element = render(<Page />);
    const tell = (): boolean => element.dispatchEvent(new B131ErrorEvent('offline', true));
    told.length = 0;
    tell();
    flushSync(() => change('second'));
    tell();
    flushSync(() => change('none'));
    tell();
    expect(told).to.deep.equal(['first offline', 'second offline']);
  });

  it('finds what the server has rendered unchanged', async () => {
    const html = await fetch('/rendered-by-react').then((response) => response.text());
    expect(html).to.equal(
      '<b131-payout id="payout" lang="en" class="mine" endpoint="https://payouts.test/b131" direct="" environment="sandbox"></b131-payout>',
    );
    box.innerHTML = html;
    const element = found();
    // As a widget drawn into the page would, before React has come.
    element.append(document.createElement('i'));
    await element.updateComplete;
    const ref = createRef<Element>();
    const lost: unknown[] = [];
    root = hydrateRoot(
      box,
      <StrictMode>
        <B131Payout {...reactProps} ref={ref} />
      </StrictMode>,
      { onRecoverableError: (reason) => lost.push(reason) },
    );
    await waitUntil(() => ref.current === element, 'React has found it');
    await recipientOf(element).sees('form');
    expect(found()).to.equal(element);
    expect(element.querySelector('i')).not.to.equal(null);
    expect(element.ticket).to.equal('secret-ticket');
    expect(lost).to.deep.equal([]);
  });
});
