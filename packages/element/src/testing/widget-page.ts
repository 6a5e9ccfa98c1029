import { framePage } from '../frame/index.js';
import { correctContract, widgetContracts } from '../widget/contract/presets.js';
import type { Story } from './story.js';
import { fakeNames, fakeWidget, placeFakeWidget } from './widget.js';

/** `GET /widget`, and the script that its page loads. Null for any other request. */
export function fakeWidgetPage(story: Story, origins?: readonly string[]) {
  let drawn = 0;
  return async ({ method, url }: Request): Promise<Response | null> => {
    const { pathname, origin } = new URL(url);
    if (method === 'GET' && pathname.endsWith('/widget')) {
      // Another address each time: a browser keeps scripts in mind, whatever they say of storing.
      const script = `${url.replace(/[?#].*/, '')}.js?${++drawn}`;
      const contract = correctContract(widgetContracts.sandbox, { ...fakeWidget, script });
      const { html, headers } = framePage({ contract, origins: origins ?? [origin] });
      return new Response(html, { headers });
    }
    if (method === 'GET' && pathname.endsWith('/widget.js')) {
      return new Response(widgetScript(story.refusal('widget')), {
        headers: { 'content-type': 'text/javascript', 'cache-control': 'no-store' },
      });
    }
    return null;
  };
}

/** The widget refuses once, and draws anew as often as it likes. */
function widgetScript(refusal: string | null): string {
  const refusals = JSON.stringify(refusal === null ? [] : [refusal]);
  return `{ const refusals = ${refusals}; (${placeFakeWidget})(window, ${JSON.stringify(fakeNames)}, () => refusals.shift() ?? null); }`;
}
