import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../app/desk.js';
import type { SettingSchema } from '../data/api.js';
import { faults } from './faults.js';
import { field } from './field.js';
import { unusual, usualPatch } from './unusual.js';

const WEBHOOKS = ['webhooks', 'webhookUrl', 'webhookTimeoutMs'];

/** How the bank behaves, and the switches for it. */
export function behaviour(desk: Desk): TemplateResult {
  const { schema, settings, setup } = desk.state;
  if (!schema?.properties || !settings || !setup)
    return html`<section class="pane wide-pane"><p class="soft empty" role="status">Loading …</p></section>`;
  const { personality, ...rest } = schema.properties;
  const changed = unusual(desk.state);
  const { personality: traits, ...plain } = settings;
  const { personality: usualTraits, ...usual } = setup.defaults;
  const webhooks = pick(rest, (name) => WEBHOOKS.includes(name));
  const others = pick(rest, (name, one) => !WEBHOOKS.includes(name) && one.properties === undefined);
  return html`<section class="pane wide-pane settings" aria-labelledby="behaviour-title">
    <header class="pane-head"><h2 id="behaviour-title">Behaviour</h2>
      <p class="soft">What you change here holds from the bank’s next step on, until the sandbox stops. Tests do the same with <code>PATCH /sandbox/settings</code>.</p>
      ${changed.length > 0 ? html`<button type="button" class="small" @click=${() => desk.change(usualPatch(setup.defaults), 'The bank behaves as it comes again')}>Reset ${changed.length} to the defaults</button>` : nothing}
    </header>
    ${faults(desk)}
    ${group('Webhooks', 'Switch them off or send them elsewhere. Software that moves money should get by without them.', webhooks)((name, one) => field(desk, name, one, plain, usual, false))}
    ${group('Time and money', 'Times are milliseconds, money is kopecks.', others)((name, one) => field(desk, name, one, plain, usual, false))}
    ${group('Personality', 'Things that nobody outside the bank can know. The defaults are the most probable bank; your program should be safe under all of them.', personality?.properties ?? {})((name, one) => field(desk, name, one, traits, usualTraits, true))}
  </section>`;
}

type Schemas = Readonly<Record<string, SettingSchema>>;

function group(title: string, words: string, schemas: Schemas) {
  return (draw: (name: string, schema: SettingSchema) => TemplateResult) => html`<fieldset>
    <legend>${title}</legend>
    <p class="soft group-words">${words}</p>
    ${Object.entries(schemas).map(([name, schema]) => draw(name, schema))}
  </fieldset>`;
}

function pick(schemas: Schemas, wanted: (name: string, schema: SettingSchema) => boolean): Schemas {
  return Object.fromEntries(Object.entries(schemas).filter(([name, schema]) => wanted(name, schema)));
}
