/** Budgets, minified and gzipped. They stand at what is reached: why it is more than we once meant, docs/size.md says. */
const element = '../../packages/element';
const gzip = true;

const lit = /^lit($|\/)/;
/** Loaded when a tag stands on the page, beside the page for the bank's form. */
const course = /course\/course\.js$/;
/** Loaded by whoever draws directly. */
const direct = /drawing\/direct\.js$/;
const firstTexts = /opening\/(en|ru)\.js$/;

/** Leaves out what others bring, or what comes later. */
function without(...external) {
  return { modifyRolldownConfig: (config) => ({ ...config, external }) };
}

/** As it stands: what a file of the CDN's loads is another file. */
const alone = { rolldown: false };

export default [
  {
    name: 'loader',
    path: `${element}/dist/loader/index.js`,
    import: '{ loadScript, loadStyle }',
    gzip,
    limit: '1.5 kB',
  },
  {
    name: 'element, without Lit and texts',
    path: `${element}/dist/define.js`,
    ...without(lit, course, direct, firstTexts),
    gzip,
    limit: '5.5 kB',
  },
  { name: 'locale en, first texts', path: `${element}/dist/opening/en.js`, gzip, limit: '0.5 kB' },
  { name: 'locale ru, first texts', path: `${element}/dist/opening/ru.js`, gzip, limit: '0.6 kB' },
  {
    name: 'locale en, all texts',
    path: `${element}/dist/locales/en.js`,
    import: '{ en }',
    gzip,
    limit: '3.2 kB',
  },
  {
    name: 'locale ru, all texts',
    path: `${element}/dist/locales/ru.js`,
    import: '{ ru }',
    gzip,
    limit: '4.5 kB',
  },
  {
    name: 'CDN file, with Lit and first texts',
    path: `${element}/cdn/b131-payout.js`,
    ...alone,
    gzip,
    limit: '13 kB',
  },
  {
    name: 'CDN file, by brotli',
    path: `${element}/cdn/b131-payout.js`,
    ...alone,
    brotli: true,
    limit: '11.7 kB',
  },
  {
    name: 'what the CDN file loads beside the form',
    path: `${element}/cdn/b131-payout.parts.js`,
    ...alone,
    gzip,
    limit: '26.5 kB',
  },
  {
    name: 'all of ours that a page loads which draws framed, with Lit',
    path: `${element}/dist/define.js`,
    ...without(direct),
    gzip,
    limit: '34 kB',
  },
  {
    name: 'what direct drawing loads besides',
    path: `${element}/dist/widget/drawing/direct.js`,
    gzip,
    limit: '6.8 kB',
  },
];
