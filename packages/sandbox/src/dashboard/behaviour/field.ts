import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Desk } from '../app/desk.js';
import type { SettingSchema } from '../data/api.js';
import { isTicked, numberOf, textOf } from '../show/control.js';

/** One setting: its name, what it is, the control that its schema asks for, and whether it is as it comes. */
export function field(
  desk: Desk,
  name: string,
  schema: SettingSchema,
  now: object,
  usual: object,
  personality: boolean,
): TemplateResult {
  const value = settingOf(now, name);
  const before = settingOf(usual, name);
  const changed = value !== before && name !== 'walletBalance' && name !== 'webhookUrl';
  const set = (next: unknown) =>
    desk.change(
      personality ? { personality: { [name]: next } } : { [name]: next },
      `${name} is ${shown(next)} now`,
    );
  return html`<div class="setting" ?data-changed=${changed}>
    <div class="setting-words">
      <label for=${`set-${name}`} class="mono">${name}</label>
      <p class="soft" id=${`about-${name}`}>${schema.description ?? ''}${changed ? html` <strong class="changed">Changed; comes as ${shown(before)}.</strong>` : nothing}</p>
    </div>
    ${control(name, schema, value, set)}
  </div>`;
}

function control(
  name: string,
  schema: SettingSchema,
  value: unknown,
  set: (next: unknown) => void,
): TemplateResult {
  const id = `set-${name}`;
  const about = `about-${name}`;
  if (schema.type === 'boolean') {
    return html`<label class="switch"><input id=${id} type="checkbox" role="switch" aria-describedby=${about} .checked=${live(value === true)}
      @change=${(event: Event) => set(isTicked(event))}><span aria-hidden="true">${value === true ? 'on' : 'off'}</span></label>`;
  }
  if (schema.enum) {
    return html`<select id=${id} aria-describedby=${about} @change=${(event: Event) => set(textOf(event))}>
      ${schema.enum.map((one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}</select>`;
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return html`<input id=${id} type="number" inputmode="numeric" step="1" aria-describedby=${about}
      min=${schema.minimum ?? nothing} max=${schema.maximum ?? nothing} .value=${live(String(value))}
      @change=${(event: Event) => set(numberOf(event))}>`;
  }
  return html`<input id=${id} type="text" class="long" aria-describedby=${about} autocomplete="off" spellcheck="false"
    .value=${live(typeof value === 'string' ? value : '')}
    @change=${(event: Event) => set(textOf(event).trim() || null)}>`;
}

function settingOf(from: object, name: string): unknown {
  return new Map<string, unknown>(Object.entries(from)).get(name);
}

function shown(value: unknown): string {
  if (value === null || value === '') return 'empty';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value);
}
