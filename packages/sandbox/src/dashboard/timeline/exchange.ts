import { html, nothing, type TemplateResult } from 'lit';
import type { ExchangeView, MessageView } from '../../control/exchange.js';
import type { EventView } from '../../control/journal.js';
import type { Desk } from '../app/desk.js';
import { isTicked } from '../show/control.js';
import { copyButton } from '../show/copy.js';
import { pretty } from '../show/format.js';
import { icon } from '../show/icon.js';
import { json } from '../show/json.js';
import { curlOf } from './curl.js';

/** What went over the wire: request and answer, with headers and bodies. */
export function exchangeView(desk: Desk, id: number): TemplateResult {
  const found = desk.state.exchanges.get(id);
  if (found === undefined) return html`<p class="soft" role="status">Loading …</p>`;
  if (typeof found === 'string') return html`<p class="reason">${found}</p>`;
  if (!found.exchange) return html`<p class="soft">Nothing of this went over the wire.</p>`;
  return html`<div class="exchange">${sides(desk, found, found.exchange)}</div>`;
}

function sides(desk: Desk, event: EventView, { request, answer, ms }: ExchangeView): TemplateResult {
  const webhook = event.kind === 'webhook';
  return html`
    <div class="exchange-bar">
      <label class="check"><input type="checkbox" .checked=${desk.state.asSent}
        @change=${(change: Event) => desk.showAsSent(isTicked(change))}>Bodies as sent</label>
      ${
        webhook
          ? html`<button type="button" class="small" @click=${() => desk.resend(event.id)}>${icon('out')}Send it again</button>`
          : copyButton(curlOf(request, desk.state.setup), 'the call as curl', 'curl')
      }
    </div>
    ${side(desk, webhook ? 'What the bank sent' : 'What was sent to the bank', `${request.verb} ${request.url}`, request)}
    ${
      answer
        ? side(
            desk,
            webhook ? 'What your receiver answered' : 'What the bank answered',
            `HTTP ${answer.httpStatus}, ${ms} ms`,
            answer,
          )
        : html`<section><p class="side">No answer</p><p class="soft">after ${ms} ms</p></section>`
    }`;
}

function side(desk: Desk, title: string, line: string, message: MessageView): TemplateResult {
  const lines = desk.state.asSent ? null : pretty(message.body);
  const text = lines ?? message.body;
  return html`<section>
    <p class="side">${title}</p>
    <p class="mono line">${line}</p>
    <details class="headers"><summary>Headers <span class="soft">(${Object.keys(message.headers).length})</span></summary>
      <dl>${Object.entries(message.headers).map(
        ([name, value]) => html`<div><dt class="mono">${name}</dt><dd class="mono">${value}</dd></div>`,
      )}</dl>
    </details>
    ${
      message.body === ''
        ? html`<p class="soft">No body</p>`
        : html`<div class="body">
            <pre tabindex="0" role="group" aria-label=${`Body: ${title.toLowerCase()}`}>${lines === null ? text : json(text)}</pre>
            ${copyButton(text, 'the body')}
          </div>
          ${message.cut ? html`<p class="soft">Cut: the whole body has ${message.bytes} bytes.</p>` : nothing}`
    }
  </section>`;
}
