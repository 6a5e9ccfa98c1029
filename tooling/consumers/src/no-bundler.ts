/** How a page without a bundler comes by the tag: the one file for script tags, or a map of what the package and Lit consist of. */
export const withoutBundler = {
  scriptTag: '<script type="module" src="/node_modules/@b131/element/cdn/b131-payout.js"></script>',
  importMap: `<script type="importmap">${JSON.stringify({
    imports: {
      '@b131/element/define': '/node_modules/@b131/element/dist/define.js',
      lit: '/node_modules/lit/index.js',
      'lit/': '/node_modules/lit/',
      'lit-html': '/node_modules/lit-html/lit-html.js',
      'lit-html/': '/node_modules/lit-html/',
      'lit-element/': '/node_modules/lit-element/',
      '@lit/reactive-element': '/node_modules/@lit/reactive-element/reactive-element.js',
      '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
    },
  })}</script><script type="module">import '@b131/element/define';</script>`,
} as const;

/** README's page, with the tag got in another way. */
export function payoutPage(tag: string): string {
  return `<!doctype html>
<title>Page</title>
<b131-payout endpoint="http://127.0.0.1:4132"></b131-payout>
${tag}
<script type="module">
  document.querySelector('b131-payout').getTicket = async () =>
    (await fetch('/api/ticket', { method: 'POST' })).text();
</script>`;
}
