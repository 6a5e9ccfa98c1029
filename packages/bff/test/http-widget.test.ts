import { createBank131, generateKeyPair } from '@b131/api';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { ConfigurationError, createBff, memoryStore } from '../src/index.js';
import { widgetContractOf } from '../src/widget/contract.js';
import { expectProblem, harness, shop, ticket } from './http-harness.js';

const own = 'http://localhost';

/** The page in the frame, and its policy by directive. */
async function framePage(overrides: Parameters<typeof harness>[0] = {}) {
  const response = await harness(overrides).app.request('/widget');
  const html = await response.text();
  const policy = new Map(
    (response.headers.get('content-security-policy') ?? '')
      .split('; ')
      .map((directive) => directive.split(' '))
      .map(([name = '', ...values]) => [name, values.join(' ')]),
  );
  return { response, html, policy };
}

describe('GET /widget', () => {
  test('may be framed by the listed origins and runs nothing but the widget and its own script', async () => {
    const { response, html, policy } = await framePage({ origins: [shop, 'https://other.example:8443'] });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const widget = 'https://widget-demo.bank131.ru';
    const [, nonce = ''] = /'nonce-([\w+/]{24})'/.exec(policy.get('script-src') ?? '') ?? [];
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': `'nonce-${nonce}' ${widget}`,
      'style-src': `'nonce-${nonce}' ${widget}`,
      'img-src': `${widget} data:`,
      'font-src': widget,
      'connect-src': `'self' ${widget}`,
      'frame-src': widget,
      'form-action': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': `${shop} https://other.example:8443`,
    });
    const scripts = html.match(/<script[^>]*>/g) ?? [];
    expect(scripts).toHaveLength(2);
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/ on\w+=| style=/);
  });

  test('has a nonce of its own in every answer, which nobody keeps', async () => {
    const { app } = harness();
    const policies = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { headers } = await app.request('/widget');
        expect(headers.get('cache-control')).toBe('no-store');
        return headers.get('content-security-policy');
      }),
    );
    expect(new Set(policies).size).toBe(5);
  });

  test('carries what keeps it apart from the pages around it', async () => {
    const { response } = await framePage();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cross-origin-resource-policy': 'cross-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.has('x-frame-options')).toBe(false);
    expect(response.headers.has('set-cookie')).toBe(false);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('is framed by nobody where no origin is listed', async () => {
    expect((await framePage({ origins: [] })).policy.get('frame-ancestors')).toBe("'none'");
  });

  test('holds the contract as data, whatever stands in it', async () => {
    const container = '"><script>alert(1)</script>';
    const widget = widgetContractOf(
      { environment: 'sandbox', baseUrl: 'http://127.0.0.1:4131' },
      { container, options: { text: '</script><!--' }, hosts: ['https://api.bank.example'] },
    );
    const { html, policy } = await framePage({ widget });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
    const [, json = ''] = /id="b131-frame">([^<]*)</.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual({ contract: widget, origins: [shop] });
    expect(policy.get('connect-src')).toBe("'self' http://127.0.0.1:4131 https://api.bank.example");
  });

  test('allows inline styles only where the contract asks for them', async () => {
    const widget = widgetContractOf(
      { environment: 'live', baseUrl: '' },
      { inlineStyles: true, style: null },
    );
    expect((await framePage({ widget })).policy.get('style-src')).toBe(
      "'unsafe-inline' https://widget.bank131.ru",
    );
  });

  test('answers other methods with 405, and knows no ticket', async () => {
    const { app, post } = harness();
    await expectProblem(await post('/widget', null, {}), 405, 'method_not_allowed');
    const garbled = await app.request('/widget?ticket=x', { headers: { authorization: 'Bearer garbled' } });
    expect(garbled.status).toBe(200);
    expect(await garbled.text()).not.toContain('garbled');
  });

  test('stands wherever the BFF is mounted', async () => {
    const app = new Hono().route('/b131', harness().app);
    expect((await app.request('/b131/widget')).status).toBe(200);
  });
});

describe('the page in the frame', () => {
  const { post } = harness();
  const ask = async (headers: Record<string, string>) =>
    post('/public-tokens', await ticket(), {}, { origin: 'https://pay.shop.example', ...headers });

  test('gets its public token from its own origin, as the browser tells it', async () => {
    expect((await ask({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    for (const site of ['same-site', 'cross-site', 'none']) {
      await expectProblem(await ask({ 'sec-fetch-site': site }), 403, 'origin_not_allowed');
    }
  });

  test('is known by its address where the browser tells nothing', async () => {
    expect((await ask({ origin: own })).status).toBe(201);
    await expectProblem(await ask({}), 403, 'origin_not_allowed');
    await expectProblem(await ask({ origin: `${own}:81` }), 403, 'origin_not_allowed');
    await expectProblem(await ask({ origin: 'null' }), 403, 'origin_not_allowed');
  });

  test('can do nothing else, and reads nothing across origins', async () => {
    const headers = { origin: 'https://pay.shop.example', 'sec-fetch-site': 'same-origin' };
    const started = await post('/payouts', await ticket(), { token: 'a'.repeat(64) }, headers);
    await expectProblem(started, 403, 'origin_not_allowed');
    const issued = await ask({ 'sec-fetch-site': 'same-origin' });
    expect(issued.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('the widget contract', () => {
  const sandbox = { environment: 'sandbox', baseUrl: 'http://127.0.0.1:4231' };

  test.each([
    ['demo', 'https://demo.bank131.ru', 'https://widget-demo.bank131.ru/tokenize.js'],
    ['live', 'https://egress.shop.example', 'https://widget.bank131.ru/tokenize.js'],
    ['sandbox', 'http://127.0.0.1:4231', 'http://127.0.0.1:4231/widget/tokenize.js'],
    ['desk', 'http://127.0.0.1:4231', 'http://127.0.0.1:4231/widget/tokenize.js'],
  ])('of %s is that of the environment', (environment, baseUrl, script) => {
    expect(widgetContractOf({ environment, baseUrl }).script).toBe(script);
  });

  test('takes corrections, field by field', () => {
    const corrected = widgetContractOf(sandbox, { global: 'Real', messages: { event: 'type' }, style: null });
    expect(corrected).toMatchObject({ global: 'Real', style: null, construct: 'options' });
    expect(corrected.messages).toMatchObject({ event: 'type', success: 'success' });
  });

  test.each([
    ['widget.script', { script: 'tokenize.js' }],
    ['widget.script', { script: 'javascript:alert(1)' }],
    ['widget.hosts.0', { hosts: ["https://a.example; script-src 'unsafe-inline'"] }],
    ['widget.messages.origins.0', { messages: { origins: ['*'] } }],
    ['widget.construct', { construct: 'both' }],
    ['widget', { scirpt: 'https://a.example/x.js' }],
    ['widget', 'https://a.example/x.js'],
  ])('that cannot work is refused by the name of %s', (field, corrections) => {
    expect(() => widgetContractOf(sandbox, corrections)).toThrow(ConfigurationError);
    expect(() => widgetContractOf(sandbox, corrections)).toThrow(new RegExp(`^${field}: `));
  });

  test('is the option `widget` of createBff', async () => {
    const { privateKey, publicKey } = await generateKeyPair();
    const bff = createBff({
      bank: createBank131({
        environment: { api: 'http://127.0.0.1:4231' },
        project: 'test',
        privateKey,
        bankPublicKeys: [publicKey],
      }),
      store: memoryStore(),
      tickets: { keys: [{ algorithm: 'HS256', key: btoa('k'.repeat(32)) }] },
      secret: 's'.repeat(32),
      origins: [shop],
      widget: { container: 'elsewhere' },
    });
    const page = await (await bff.app.request('/widget')).text();
    expect(page).toContain('<div id="elsewhere">');
    expect(page).toContain('"script":"http://127.0.0.1:4231/widget/tokenize.js"');
  });
});
