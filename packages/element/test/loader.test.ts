import { expect, fixture, html } from '@open-wc/testing';
import { LoadError, type LoadErrorCode, loadScript, loadStyle, preconnect } from '../src/loader/index.js';
import { openPage } from './support/page.ts';
import { waitUntil } from './support/wait.ts';
import { origin } from './support/world.ts';

let count = 0;

interface Fresh {
  readonly name: string;
  readonly url: string;
  readonly ready: () => boolean;
}

/** A script that nobody has asked for yet. */
function fresh(script = 'tokenize.js', more = ''): Fresh {
  const name = `LoaderTest${++count}`;
  return { name, url: `${origin}/widget/${script}?global=${name}${more}`, ready: () => name in window };
}

async function codeOf(load: Promise<void>): Promise<LoadErrorCode | 'loaded'> {
  return load.then(
    () => 'loaded',
    (error: unknown) => (error instanceof LoadError ? error.code : Promise.reject(error)),
  );
}

function tags(url: string): number {
  return [...document.scripts].filter(({ src }) => src.startsWith(url)).length;
}

describe('the loader', () => {
  it('loads a script once, however many ask', async () => {
    const script = fresh();
    await Promise.all([loadScript(script), loadScript(script), loadScript(script)]);
    await loadScript(script);
    expect(tags(script.url)).to.equal(1);
  });

  it('joins a tag of the page that is still loading', async () => {
    const script = fresh();
    const tag = document.createElement('script');
    tag.src = script.url;
    document.head.append(tag);
    await loadScript(script);
    expect(tags(script.url)).to.equal(1);
  });

  it('does not wait for a tag of the page that failed long ago', async () => {
    const script = fresh('fails-first.js');
    await pageTag(script.url, 'error');
    expect(await codeOf(loadScript(script))).to.equal('loaded');
  });

  it('tries again with a changed address', async () => {
    const script = fresh('fails-first.js');
    await loadScript(script);
    const [tag] = [...document.scripts].filter(({ src }) => src.startsWith(script.url));
    expect(tag?.src).to.match(/[&]b131-try=\d+$/);
    expect(tags(script.url)).to.equal(1);
  });

  it('tells what went wrong', async () => {
    expect(await codeOf(loadScript({ ...fresh('missing.js'), attempts: 1 }))).to.equal('load-failed');
    expect(await codeOf(loadScript(fresh('no-global.js')))).to.equal('bad-script');
    expect(await codeOf(loadScript({ ...fresh('hangs.js'), deadline: 200, attempts: 1 }))).to.equal(
      'timeout',
    );
    expect(await codeOf(loadStyle({ url: `${origin}/widget/none.css`, attempts: 1 }))).to.equal(
      'load-failed',
    );
  });

  it('knows when the page forbids the script', async () => {
    const frame = await fixture<HTMLIFrameElement>(html`<iframe title="strict"></iframe>`);
    const document = frame.contentDocument;
    if (!document) throw new Error('The frame has no document');
    document.head.innerHTML = `<meta http-equiv="content-security-policy" content="script-src 'none'">`;
    expect(await codeOf(loadScript({ ...fresh(), document }))).to.equal('blocked');
  });

  it('ends a wait that is called off, and only that one', async () => {
    const script = fresh();
    const called = new AbortController();
    const off = loadScript({ ...script, signal: called.signal });
    const on = loadScript(script);
    called.abort();
    expect(await off.catch((error: unknown) => error)).to.equal(called.signal.reason);
    expect(await codeOf(on)).to.equal('loaded');
  });

  it('gives a failed address another chance', async () => {
    const script = fresh('fails-first.js');
    expect(await codeOf(loadScript({ ...script, attempts: 1 }))).to.equal('load-failed');
    expect(await codeOf(loadScript(script))).to.equal('loaded');
  });

  it('takes what a tag of the page has brought long ago', async () => {
    const script = fresh();
    await pageTag(script.url, 'load');
    await loadScript(script);
    expect(tags(script.url)).to.equal(1);
  });

  it('loads its own where what the page has brought is gone, or was something else', async () => {
    const gone = fresh();
    await pageTag(gone.url, 'load');
    Reflect.deleteProperty(window, gone.name);
    await loadScript(gone);
    expect(tags(gone.url)).to.equal(2);
    const again = fresh();
    await loadScript(again);
    Reflect.deleteProperty(window, again.name);
    await loadScript(again);
    expect(again.ready()).to.equal(true);
  });

  it('does not wait for ever for a tag of the page that never says anything', async () => {
    const script = fresh('hangs.js');
    const tag = document.createElement('script');
    tag.src = script.url;
    document.head.append(tag);
    expect(await codeOf(loadScript({ ...script, deadline: 600, attempts: 1 }))).to.equal('timeout');
    tag.remove();
  });

  it('gives a load up with the last who waits for it, and leaves no tag', async () => {
    const script = fresh('hangs.js');
    const [one, two] = [new AbortController(), new AbortController()];
    const loads = [one, two].map(({ signal }) => loadScript({ ...script, signal }).catch(() => 'off'));
    await waitUntil(() => tags(script.url) === 1);
    one.abort();
    await loads[0];
    expect(tags(script.url)).to.equal(1);
    two.abort();
    expect(await Promise.all(loads)).to.deep.equal(['off', 'off']);
    await waitUntil(() => tags(script.url) === 0, 'the tag is gone');
    const called = new AbortController();
    called.abort();
    await loadScript({ ...script, signal: called.signal }).catch(() => {});
    expect(tags(script.url)).to.equal(0);
  });

  it('is there for the next who asks after one that was given up', async () => {
    const script = fresh('slow.js', '&ms=300');
    const called = new AbortController();
    const off = loadScript({ ...script, signal: called.signal }).catch(() => 'off');
    await waitUntil(() => tags(script.url) === 1);
    called.abort();
    await off;
    await loadScript(script);
    expect(script.ready()).to.equal(true);
  });

  it('waits longer before each new try, and never past the deadline', async () => {
    const begun: number[] = [];
    const { append } = document.head;
    document.head.append = (...nodes) => {
      begun.push(performance.now());
      append.apply(document.head, nodes);
    };
    const from = performance.now();
    await loadScript({ ...fresh('missing.js'), attempts: 9, deadline: 3_000 }).catch(() => {});
    document.head.append = append;
    const waits = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
    expect(waits.length).to.be.greaterThan(1);
    expect(waits[0]).to.be.greaterThan(200);
    // Twice the wait, give or take a half: the second is never shorter than half of the longest first one.
    expect(waits[1]).to.be.greaterThan(400);
    expect(performance.now() - from).to.be.lessThan(6_000);
  });

  it('asks for what was promised: integrity, and the origin it needs', async () => {
    const script = fresh();
    const text = await fetch(script.url).then((response) => response.arrayBuffer());
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', text));
    const integrity = `sha384-${btoa(String.fromCharCode(...digest))}`;
    await loadScript({ ...script, integrity });
    const [tag] = [...document.scripts].filter(({ src }) => src === script.url);
    expect(tag).to.include({ integrity, crossOrigin: 'anonymous' });
    const forged = fresh();
    const code = await codeOf(loadScript({ ...forged, integrity, attempts: 1 }));
    expect(code).to.equal('load-failed');
    expect(forged.ready()).to.equal(false);
    const plain = fresh();
    await loadScript({ ...plain, crossOrigin: 'anonymous' });
    expect([...document.scripts].find(({ src }) => src === plain.url)?.crossOrigin).to.equal('anonymous');
  });

  it('opens the connection ahead, once for a host', () => {
    const before = document.querySelectorAll('link[rel=preconnect]').length;
    preconnect({ url: 'https://ahead.invalid/a.js', crossOrigin: 'anonymous' });
    preconnect({ url: 'https://ahead.invalid/b.js' });
    const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')].slice(before);
    expect(links.map(({ href, crossOrigin }) => `${href} ${crossOrigin}`)).to.deep.equal([
      'https://ahead.invalid/ anonymous',
    ]);
    for (const link of links) link.remove();
  });

  it('joins a style of the page, and tells one that failed', async () => {
    const url = `${origin}/widget/tokenize.css?of=the-page`;
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href: url });
    document.head.append(link);
    await loadStyle({ url });
    await loadStyle({ url });
    expect(document.querySelectorAll(`link[href="${url}"]`)).to.have.lengthOf(1);
    link.remove();
  });
});

describe("the loader under a page's policy", () => {
  const policy = (more: string): string => `script-src 'nonce-page'; style-src 'nonce-page'; ${more}`;

  it('takes the nonce of the page', async () => {
    const told = await openPage('loader', { csp: policy(''), nonce: 'page' });
    expect(told).to.deep.equal(['loaded', 'loaded', true]);
  });

  it('works under Trusted Types with its own policy allowed', async () => {
    const csp = policy("require-trusted-types-for 'script'; trusted-types b131-loader");
    const told = await openPage('loader', { csp, nonce: 'page' });
    expect(told).to.deep.equal(['loaded', 'loaded', true]);
  });

  it('says blocked under Trusted Types without it', async () => {
    const csp = policy("require-trusted-types-for 'script'; trusted-types 'none'");
    const told = await openPage('loader', { csp, nonce: 'page' });
    // A browser without Trusted Types asks nothing of us.
    const expected = 'trustedTypes' in window ? 'blocked' : 'loaded';
    expect(told).to.deep.equal([expected, 'loaded', true]);
  });

  it('says blocked where the policy names another host', async () => {
    const csp = `script-src 'sha256-none' ${origin}/bundles/; style-src 'none'`;
    expect(await openPage('loader', { csp })).to.deep.equal(['blocked', 'blocked', false]);
  });
});

/** A tag of the page's own, and its end. */
async function pageTag(url: string, end: 'load' | 'error'): Promise<void> {
  const tag = document.createElement('script');
  tag.src = url;
  const ended = new Promise((resolve) => tag.addEventListener(end, resolve));
  document.head.append(tag);
  await ended;
}
