/** On a server there is no DOM: entries can be imported all the same, and React renders the tag without its secrets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { B131Payout } from '@b131/element/react';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

test('React renders the tag with its plain attributes, and nothing secret', () => {
  const html = renderToString(
    createElement(B131Payout, {
      endpoint: 'https://pay.shop.example',
      locale: 'ru',
      ticket: 'secret-ticket',
      getTicket: async () => 'secret-ticket',
      widget: { script: 'https://widget.example/tokenize.js' },
      onSuccess: () => {},
      className: 'mine',
    }),
  );
  assert.equal(
    html,
    '<b131-payout class="mine" endpoint="https://pay.shop.example" locale="ru"></b131-payout>',
  );
});

for (const entry of [
  '.',
  './define',
  './loader',
  './locales/en',
  './locales/ru',
  './react',
  './testing',
  './jsx/react',
])
  test(`${entry} can be imported without a DOM`, () => import(entry.replace('.', '@b131/element')));
