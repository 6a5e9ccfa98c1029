/** Budgets, minified and gzipped. They stand at what is reached: why it is more than we once meant, docs/size.md says. */
const element = '../../packages/element';
const lit = ['lit'];
const gzip = true;

export default [
  {
    name: 'loader',
    path: `${element}/dist/loader/index.js`,
    import: '{ loadScript, loadStyle }',
    gzip,
    limit: '1.5 kB',
  },
  {
    name: 'element, without Lit, with both locales',
    path: `${element}/dist/define.js`,
    ignore: lit,
    gzip,
    limit: '26.5 kB',
    // Direct drawing is loaded by whoever draws directly.
    entry: ['define'],
  },
  {
    name: 'what direct drawing loads besides',
    path: `${element}/dist/widget/drawing/direct.js`,
    gzip,
    limit: '6.8 kB',
  },
  { name: 'locale en', path: `${element}/dist/locales/en.js`, import: '{ en }', gzip, limit: '3.2 kB' },
  { name: 'locale ru', path: `${element}/dist/locales/ru.js`, import: '{ ru }', gzip, limit: '4.5 kB' },
  { name: 'CDN file, the whole', path: `${element}/cdn/b131-payout.js`, gzip, limit: '36 kB' },
  {
    name: 'CDN file, by brotli',
    path: `${element}/cdn/b131-payout.js`,
    brotli: true,
    limit: '31.5 kB',
  },
  {
    name: 'element with Lit: all of ours that a page loads which draws framed',
    path: `${element}/dist/define.js`,
    gzip,
    limit: '32 kB',
    entry: ['define'],
  },
];
