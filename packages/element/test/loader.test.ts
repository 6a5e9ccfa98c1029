import { expect, fixture, html } from '@open-wc/testing';
import { LoadError, type LoadErrorCode, loadScript, loadStyle } from '../src/loader/index.js';
import { origin } from './support/world.ts';

let count = 0;

function fresh(script = 'tokenize.js'): { url: string; ready: () => boolean } {
  const name = `LoaderTest${++count}`;
  return { url: `${origin}/widget/${script}?global=${name}`, ready: () => name in window };
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
    const tag = document.createElement('script');
    tag.src = script.url;
    const failed = new Promise((resolve) => tag.addEventListener('error', resolve));
    document.head.append(tag);
    await failed;
    expect(await codeOf(loadScript(script))).to.equal('loaded');
  });

  it('tries again with a changed address', async () => {
    const script = fresh('fails-first.js');
    await loadScript(script);
    const [tag] = [...document.scripts].filter(({ src }) => src.startsWith(script.url));
    expect(tag?.src).to.contain('b131-try=1-');
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
});
