/** What a page of the bench needs to know. */
export interface PageFacts {
  bff: string;
  widget: string;
  ticket: string;
}

/** What each page tells of itself: moments on the clock that all frames share. */
const telling = `
  const tell = (what) => console.log('b131-bench ' + what + ' ' + (performance.timeOrigin + performance.now()));`;

/**
 * The best page by hand: the public token is asked for by the first line, before the style sheet that a script would wait
 * for; the bank's script with `defer` and its style come side by side with it.
 */
export function handWrittenPage({ bff, widget, ticket }: PageFacts): string {
  return page(
    `<script>${telling}
  tell('begun');
  const asked = fetch('${bff}/public-tokens', {
    method: 'POST',
    headers: { authorization: 'Bearer ${ticket}', 'content-type': 'application/json' },
    body: '{}',
  }).then((answer) => answer.json());
  addEventListener('DOMContentLoaded', async () => {
    const widget = new Bank131Tokenize({ publicToken: (await asked).publicToken });
    widget.onReady = () => tell('ready');
    widget.render();
  });
</script>
<link rel="stylesheet" href="${widget}/widget/tokenize.css">
<script defer src="${widget}/widget/tokenize.js"></script>`,
    `<div id="bank131-tokenize" style="min-height: 30rem"></div>`,
  );
}

/** The tag, as its README says: room reserved, its two scripts as modules. */
export function tagPage({ bff, widget, ticket }: PageFacts, direct: boolean): string {
  return page(
    `<style>b131-payout:not(:defined) { display: block; min-block-size: 43rem; max-inline-size: 30rem; }</style>
<script type="module" src="/cdn/b131-payout.js"></script>
<script type="module" src="/cdn/b131-payout.parts.js"></script>`,
    `<b131-payout endpoint="${bff}" environment="sandbox"${direct ? ' direct' : ''}></b131-payout>
<script type="module">${telling}
  const payout = document.querySelector('b131-payout');
  payout.addEventListener('b131-ready', () => tell('ready'));
  payout.widget = { script: '${widget}/widget/tokenize.js', style: '${widget}/widget/tokenize.css' };
  payout.ticket = '${ticket}';
</script>`,
  );
}

function page(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
<meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;
}

/** Runs first in every frame: says when the tag is connected, when a form can be typed into, and what has moved. */
export const watching = `(() => {${telling}
  const define = customElements.define;
  customElements.define = function (name, ...rest) {
    if (name === 'b131-payout') tell('begun');
    return define.call(this, name, ...rest);
  };
  window.b131Shift = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.b131Shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const input = document.querySelector('.b131w-input');
    if (input && !input.disabled && input.getBoundingClientRect().height > 0) tell('usable');
    else requestAnimationFrame(look);
  };
  look();
})();`;
