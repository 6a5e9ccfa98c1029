import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cors } from './bff.ts';

const spent = new Set<string>();
const failing = new Map<string, number>();

/** The fake bank's widget: a script, a style, its own call; and scripts that misbehave in every known way. */
export async function answerWidget(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  switch (url.pathname.replace('/widget/', '')) {
    case 'tokenize.js':
      return text(response, script(url.searchParams.get('global') ?? 'Bank131Tokenize'), 'text/javascript');
    case 'tokenize.css':
      return text(response, style, 'text/css');
    case 'no-global.js':
      return text(response, 'window.somethingElse = true;', 'text/javascript');
    case 'throws.js':
      return text(
        response,
        `window.${url.searchParams.get('global')} = class { render() { throw 1 } }`,
        'text/javascript',
      );
    case 'draws-nothing.js':
      return text(
        response,
        `window.${url.searchParams.get('global')} = class { render() {} }`,
        'text/javascript',
      );
    case 'hangs.js':
      return; // never answers
    case 'moved.js': {
      const { host = '' } = request.headers;
      const location = `http://${host.replace('127.0.0.1', 'localhost')}/widget/tokenize.js`;
      return void response.writeHead(302, { ...cors, location }).end();
    }
    case 'slow.js':
      await new Promise((resolve) => setTimeout(resolve, Number(url.searchParams.get('ms'))));
      return text(response, script(url.searchParams.get('global') ?? ''), 'text/javascript');
    case 'fails-first.js': {
      const name = url.searchParams.get('global') ?? '';
      const times = (failing.get(name) ?? 0) + 1;
      failing.set(name, times);
      if (times === 1) return void response.writeHead(500, cors).end();
      return text(response, script(name), 'text/javascript');
    }
    case 'api/tokenize':
      return tokenize(request, response);
    case 'forger.html':
      return text(response, forger, 'text/html');
    default:
      response.writeHead(404, cors).end();
  }
}

function text(response: ServerResponse, body: string, type: string): void {
  response.writeHead(200, { ...cors, 'content-type': `${type}; charset=utf-8` }).end(body);
}

async function tokenize(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const publicToken = String(request.headers['x-public-token']);
  const { account, card } = JSON.parse(body);
  const answer = (status: number, value: object): void => {
    response.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  if (account === '00000000000000000000') return answer(400, { error: { code: 'public_token_expired' } });
  if (account === '11111111111111111111') return answer(400, { error: { code: 'invalid_request' } });
  if (spent.has(publicToken)) return answer(400, { error: { code: 'public_token_used' } });
  spent.add(publicToken);
  const token = createHash('sha256')
    .update(publicToken + body)
    .digest('hex');
  if (card)
    return answer(200, { data: { type: 'card', number_hash: token, last4: card.slice(-4), brand: 'visa' } });
  const masked = `${String(account).slice(0, 5)}***${String(account).slice(-4)}`;
  answer(200, { data: { type: 'bank_account', token, masked_account: masked } });
}

/** A page of a foreign origin that claims to be the widget, to whoever embeds it. */
const forger = `<!doctype html><script>
  const asked = decodeURIComponent(location.search.slice(1));
  const token = { source: 'bank131-tokenize', event: 'success', result: { token: 'f'.repeat(64) } };
  const message = asked ? JSON.parse(asked) : token;
  parent.postMessage(message, '*');
  parent.postMessage('sent', '*');
</script>`;

/** In a frame, the test's hands: it does there what a recipient does, and says what one sees. */
const hands = `
  const field = (name) => document.querySelector('#bank131-tokenize input[name=' + name + ']');
  const type = (name, value) => {
    field(name).focus();
    field(name).value = value;
    field(name).dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const violations = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
  const deeds = {
    type({ bik, account }) {
      type('bik', bik);
      type('account', account);
    },
    send: () => field('bik').form.requestSubmit(),
    look() {
      const root = getComputedStyle(document.documentElement);
      const { activeElement: active, scrollingElement: page, fonts } = document;
      return {
        text: document.body.innerText,
        lang: document.documentElement.lang,
        looks: { scheme: root.colorScheme, color: root.color, size: root.fontSize, font: root.fontFamily, dir: root.direction },
        accent: root.getPropertyValue('--b131w-accent'),
        focus: active && active !== document.body ? active.name || active.localName : '',
        hasFocus: document.hasFocus(),
        values: [...document.querySelectorAll('input')].map((input) => input.value).join(),
        scrolls: page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth,
        heights: [page.scrollHeight, innerHeight],
        born: performance.timeOrigin,
        url: location.href,
        violations,
      };
    },
    grow: ({ by }) => {
      const box = document.createElement('div');
      box.id = 'grown';
      box.style.height = by + 'px';
      document.querySelector('#bank131-tokenize').append(box);
    },
    shrink: () => document.getElementById('grown').remove(),
    hang: ({ by }) => {
      const box = document.createElement('div');
      box.style.cssText = 'position: absolute; top: 100%; height: ' + by + 'px; width: 10px';
      document.querySelector('#bank131-tokenize').append(box);
    },
    comeBack: () => document.dispatchEvent(new Event('visibilitychange')),
    reload: () => setTimeout(() => location.reload()),
    greetItself: () => window.postMessage({ 'b131-frame': 'welcome' }, location.origin),
    post: ({ message }) => window.postMessage(message, location.origin),
    read: () => {
      try {
        return parent.document.title;
      } catch (error) {
        return error.name;
      }
    },
    leave: () => {
      try {
        top.location.href = 'about:blank';
        return 'left';
      } catch (error) {
        return error.name;
      }
    },
  };
  if (window !== parent) {
    window.addEventListener('message', ({ data, source }) => {
      if (!data || !data.deed || !deeds[data.deed]) return;
      const answer = deeds[data.deed](data);
      source.postMessage({ done: data.id, answer: answer === undefined ? null : answer }, '*');
    });
  }
`;

function script(name: string): string {
  return `(() => {
  ${hands}
  const base = new URL('.', document.currentScript.src);
  const texts = {
    en: { bik: 'BIK of the bank', account: 'Account number', save: 'Save account' },
    ru: { bik: 'БИК банка', account: 'Номер счёта', save: 'Сохранить счёт' },
  };
  window['${name}'] = class {
    constructor(options) { this.options = options; }
    render() {
      const t = texts[String(this.options.locale).slice(0, 2)] || texts.en;
      const box = document.getElementById('bank131-tokenize');
      box.innerHTML = '<form class="bw" novalidate>' +
        '<label>' + t.bik + '<input name="bik" inputmode="numeric"></label>' +
        '<label>' + t.account + '<input name="account" inputmode="numeric"></label>' +
        '<button type="submit">' + t.save + '</button></form>';
      box.querySelector('form').addEventListener('submit', async (event) => {
        event.preventDefault();
        const data = new FormData(event.target);
        const body = this.options.card ? { card: data.get('account') } : { bik: data.get('bik'), account: data.get('account') };
        const answer = await fetch(new URL('api/tokenize', base), {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-public-token': this.options.publicToken },
          body: JSON.stringify(body),
        }).then((response) => response.json());
        if (answer.error) this.tell('error', { error: answer.error });
        else this.tell('success', { result: answer.data });
      });
      this.tell('ready', {});
    }
    tell(event, detail) {
      const channel = this.options.channel || 'both';
      if (channel !== 'callback') {
        window.postMessage({ source: 'bank131-tokenize', event, ...detail }, window.location.origin);
      }
      const hook = this['on' + event[0].toUpperCase() + event.slice(1)];
      if (channel !== 'message' && hook) hook(detail.result || detail.error);
    }
  };
})();`;
}

const style = `.bw { display: grid; gap: 1rem; font-size: 1rem }
.bw label { display: grid; gap: 0.375rem; font-weight: 550; font-size: 0.9375rem }
.bw input { font: inherit; font-size: 1.0625rem; font-weight: 400; block-size: 3rem; padding: 0 0.875rem; inline-size: 100%;
  box-sizing: border-box; color: inherit; background: transparent; border: 1px solid light-dark(#8a93a3, #7f8798); border-radius: 0.625rem }
.bw button { font: inherit; font-weight: 600; min-block-size: 3rem; border: 0; border-radius: 0.625rem; margin-block-start: 0.5rem;
  color: light-dark(#fff, #0d1830); background: light-dark(#1f4ed8, #8fb0ff) }`;
