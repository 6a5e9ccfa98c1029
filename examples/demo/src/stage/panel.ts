/** The live panel: the story, drawn. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock, fill, money } from '../words/format.ts';
import { words } from '../words/language.ts';
import type { StepText } from '../words/words.ts';
import type { Line, StepNumber } from './line.ts';
import type { Round } from './scene.ts';

const numbers: readonly StepNumber[] = [0, 1, 2, 3, 4, 5, 6, 7];

type StepState = 'todo' | 'now' | 'done' | 'failed';

export function panel(rounds: readonly Round[]): TemplateResult {
  const t = words().stage;
  const isEmpty = rounds.every(({ lines }) => lines.length === 0);
  return html`<header class="stage-head">
      <h2 id="stage-title">${t.title}</h2>
      <p>${isEmpty ? t.empty : t.intro}</p>
    </header>
    <div id="stage-scroll" class="stage-scroll" role="region" aria-label=${t.lines} tabindex="0" @wheel=${readerScrolled} @touchmove=${readerScrolled} @keyup=${readerScrolled} @pointerup=${readerScrolled}>
      ${repeat(
        rounds,
        ({ key }) => key,
        (round, index) => drawRound(round, rounds.length > 1, index === rounds.length - 1),
      )}
    </div>`;
}

function drawRound(round: Round, named: boolean, isLast: boolean): TemplateResult {
  const steps = html`<ol class="steps" role="list">
    ${numbers.map((step) => drawStep(step, round, named))}
  </ol>`;
  if (!named) return steps;
  const title = html`<span>${fill(words().stage.cashOut, { n: round.cashOut })} · ${fill(words().stage.attempt, { n: round.attempt })}</span>
    <span class="mark ${markOf(round)}">${outcomeOf(round)}</span>`;
  return isLast
    ? html`<section class="round"><h3 class="round-name">${title}</h3>${steps}</section>`
    : html`<details class="round"><summary><h3 class="round-name">${title}</h3></summary>${steps}</details>`;
}

function outcomeOf({ outcome, error }: Round): string {
  const t = words();
  if (outcome === 'open') return t.stage.now;
  if (outcome === 'paid') return t.statuses.succeeded ?? '';
  return error ?? t.statuses[outcome] ?? outcome;
}

const markOf = ({ outcome }: Round) => (outcome === 'paid' ? 'good' : outcome === 'open' ? 'open' : 'bad');

function drawStep(step: StepNumber, round: Round, named: boolean): TemplateResult {
  const t = words().stage;
  const { title, text } = textOf(step);
  const state = stateOf(step, round);
  const lines = round.lines.filter((line) => line.step === step);
  const spoken = { todo: '', now: t.now, done: t.done, failed: t.failed }[state];
  const heading = html`${title}${spoken ? html`<span class="unseen">, ${spoken}</span>` : nothing}`;
  return html`<li class="step ${state}" data-step=${step}>
    <span class="step-number" aria-hidden="true">${state === 'done' && step > 0 ? tick : step === 0 ? dot : step}</span>
    <div class="step-body">
      ${named ? html`<h4>${heading}</h4>` : html`<h3>${heading}</h3>`}
      <p class="step-text">${text}</p>
      ${lines.length > 0 ? html`<ul class="lines" role="list">${repeat(lines, ({ key }) => key, drawLine)}</ul>` : nothing}
    </div>
  </li>`;
}

const tick = html`<svg viewBox="0 0 16 16"><path d="m3.5 8.5 3 3 6-7" /></svg>`;
const dot = html`<svg viewBox="0 0 16 16"><path d="M4 5h8v6H4zM7 5v6" /></svg>`;

function textOf(step: StepNumber): StepText {
  const { before, steps } = words().stage;
  return step === 0 ? before : (steps[step - 1] ?? before);
}

function stateOf(step: StepNumber, { reached, outcome, lines }: Round): StepState {
  // A payout that fails early leaves steps out.
  if (!lines.some((line) => line.step === step)) return 'todo';
  if (step < reached || (step === 7 && outcome === 'paid')) return 'done';
  return step === 7 && outcome !== 'open' ? 'failed' : 'now';
}

function drawLine({ key, at, route, sentence, values, detail, tone, times }: Line): TemplateResult {
  const t = words().stage;
  const { time, ms } = clock(at);
  return html`<li class="line ${tone}" data-key=${key}>
    <time datetime=${new Date(at).toISOString()}>${time}<span class="ms">.${ms}</span></time>
    <p><span class="route" data-route=${route}>${t.routes[route]}</span> <span class="line-text">${fill(t.sentences[sentence], speakable(values))}</span>
      ${detail || times > 1 ? html`<code>${detail}${times > 1 ? html` <b>${fill(t.times, { n: times })}</b>` : nothing}</code>` : nothing}</p>
  </li>`;
}

/** Codes and kopecks as people read them. */
function speakable(values: Line['values']): Line['values'] {
  const { status, amount } = values;
  return {
    ...values,
    ...(typeof status === 'string' ? { status: status.replaceAll('_', ' ') } : {}),
    ...(typeof amount === 'number' ? { amount: money(amount) } : {}),
  };
}

/** False from when the reader scrolls away from the newest line until it is in sight again. */
let isFollowing = true;
let newestKey = '';

/** Keeps the newest line in sight; called after each drawing. */
export function followNewest(): void {
  const box = document.getElementById('stage-scroll');
  const line = box && newest(box);
  if (!line || !box || line.dataset.key === newestKey) return;
  newestKey = line.dataset.key ?? '';
  const over = bottomOf(line, box) - box.clientHeight;
  if (isFollowing && box.scrollHeight > box.clientHeight && over > 0) box.scrollTop += over;
}

/** The reader's own scrolling. */
export function readerScrolled({ currentTarget: box }: Event): void {
  if (!(box instanceof HTMLElement)) return;
  requestAnimationFrame(() => {
    const line = newest(box);
    isFollowing = !line || bottomOf(line, box) - box.clientHeight < 96;
  });
}

/** How far below the top of the box a line ends, with some air. */
const bottomOf = (line: Element, box: Element): number =>
  line.getBoundingClientRect().bottom - box.getBoundingClientRect().top + 64;

function newest(box: Element): HTMLElement | undefined {
  const lines =
    [...box.querySelectorAll<HTMLElement>('.steps')].at(-1)?.querySelectorAll<HTMLElement>('.line') ?? [];
  return [...lines].reduce<HTMLElement | undefined>(
    (latest, line) => (latest && timeOf(latest) > timeOf(line) ? latest : line),
    undefined,
  );
}

const timeOf = (line: Element) => line.querySelector('time')?.dateTime ?? '';
