/** Rover's page: the courier's earnings on one side, what happens behind them on the other. */
import './style/page.css';
import { html, nothing, render, type TemplateResult } from 'lit';
import { createCashOut } from './cash-out.ts';
import { balanceCard, deliveryList, payoutList } from './earnings/earnings.ts';
import { type Config, type Earnings, getConfig, getEarnings, killBff, workAnotherWeek } from './server.ts';
import { createChronicle } from './stage/happenings.ts';
import { followNewest, panel } from './stage/panel.ts';
import { listen, type Witness } from './stage/sources.ts';
import { tellStory } from './stage/story.ts';
import { accounts } from './tools/accounts.ts';
import { breakage } from './tools/breakage.ts';
import { choose, currentLanguage, type Language, words } from './words/language.ts';

/** In the address while the cash-out is open, so that a reload finds it open. */
const openMark = '#cash-out';

interface Page {
  config: Config;
  earnings: Earnings;
  witness: Witness;
  cashOut: HTMLElement | null;
  webhooksOn: boolean;
}

let page: Page | null = null;
let isAway = false;
let drawing = 0;
const chronicle = createChronicle(draw);

void begin();

async function begin(): Promise<void> {
  try {
    const [config, earnings] = await Promise.all([getConfig(), getEarnings()]);
    page = {
      config,
      earnings,
      witness: listen(config, chronicle, () => void refresh()),
      cashOut: null,
      webhooksOn: true,
    };
    isAway = false;
  } catch {
    isAway = true;
    return draw();
  }
  draw();
  void readWebhooks(page);
  const underWay = page.earnings.open !== null && page.earnings.open.status !== null;
  if (underWay || (location.hash === openMark && page.earnings.balance > 0)) await open({ focus: false });
}

async function open({ focus }: { focus: boolean }): Promise<void> {
  if (!page || page.cashOut) return;
  const { config, witness } = page;
  const element = await createCashOut({ config, witness, settled: refresh });
  if (page.cashOut) return;
  page.cashOut = element;
  history.replaceState(null, '', openMark);
  drawNow();
  if (!focus) return;
  document.getElementById('cash-out-title')?.focus({ preventScroll: true });
  await element.updateComplete;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
  document.querySelector('.cash-out')?.scrollIntoView({ block: 'nearest', behavior });
}

function close(): void {
  if (!page) return;
  page.cashOut = null;
  history.replaceState(null, '', location.pathname + location.search);
  drawNow();
  document.getElementById('cash-out-button')?.focus();
  void refresh();
}

/** The books are the shop's: after every ending the page asks them anew. */
async function refresh(): Promise<void> {
  if (!page) return;
  page.earnings = await getEarnings().catch(() => page?.earnings ?? Promise.reject(new Error('no earnings')));
  draw();
}

async function readWebhooks(current: Page): Promise<void> {
  const settings = await fetch(`${current.config.sandbox}/sandbox/settings`).then((response) =>
    response.json(),
  );
  current.webhooksOn = settings.webhooks === true;
  draw();
}

async function switchWebhooks(on: boolean): Promise<void> {
  if (!page) return;
  const { sandbox } = page.config;
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox}/sandbox/settings`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ webhooks: on }),
  });
  page.webhooksOn = on;
  page.witness.saw({ type: 'webhooks', on });
  draw();
}

async function kill(): Promise<void> {
  page?.witness.saw({ type: 'bff.killed' });
  await killBff();
}

async function another(): Promise<void> {
  await workAnotherWeek();
  if (page?.cashOut && page.earnings.open === null) close();
  else await refresh();
}

/** Once a frame, however much happens. */
function draw(): void {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(drawNow);
}

function drawNow(): void {
  document.title = `Rover · ${words().title}`;
  render(frame(), document.body);
  followNewest();
}

function frame(): TemplateResult {
  const t = words();
  return html`<a class="skip" href="#earnings">${t.skip}</a>
    <header class="top">
      <div class="brand"><span class="logo" aria-hidden="true">${logo}</span>Rover</div>
      <p class="sandbox-mark">${t.sandboxMark}</p>
      <div class="languages" role="group" aria-label=${t.language}>${language('en')}${language('ru')}</div>
    </header>
    <main class="columns">
      ${isAway ? away() : page ? [courierSide(page), stageSide(page)] : nothing}
    </main>
    <footer class="foot">${t.footer}</footer>`;
}

const logo = html`<svg viewBox="0 0 32 32"><path d="M9 23c0-7 14-5 14-12" /><circle cx="9" cy="23" r="2.6" /><circle cx="23" cy="10" r="2.6" /></svg>`;

function language(code: Language): TemplateResult {
  const choice = () => {
    choose(code);
    draw();
  };
  return html`<button type="button" lang=${code} aria-pressed=${currentLanguage() === code} @click=${choice}>${code.toUpperCase()}</button>`;
}

function away(): TemplateResult {
  return html`<div class="away" role="alert"><p>${words().shopAway}</p><button class="quiet" type="button" @click=${begin}>${words().tryAgain}</button></div>`;
}

function courierSide({ earnings, cashOut }: Page): TemplateResult {
  const t = words();
  return html`<div class="courier" id="earnings" tabindex="-1">
    <div class="courier-head">
      <h1>${t.title}</h1>
      <p class="courier-who"><span class="face" aria-hidden="true">${initials(earnings.courier[currentLanguage()])}</span>${earnings.courier[currentLanguage()]}</p>
    </div>
    ${balanceCard(earnings, cashOut !== null, () => void open({ focus: true }))}
    ${cashOut ? cashOutSection(cashOut) : nothing}
    ${payoutList(earnings.cashOuts)}
    ${deliveryList(earnings.deliveries)}
  </div>`;
}

function cashOutSection(element: HTMLElement): TemplateResult {
  const t = words();
  return html`<section class="cash-out" aria-labelledby="cash-out-title">
    <div class="cash-out-head">
      <h2 id="cash-out-title" tabindex="-1">${t.cashOutTitle}</h2>
      <button class="quiet" type="button" @click=${close}>${t.close}</button>
    </div>
    ${element}
  </section>`;
}

function stageSide({ config, webhooksOn }: Page): TemplateResult {
  const acts = {
    webhooksOn,
    killBff: () => void kill(),
    switchWebhooks: (on: boolean) => void switchWebhooks(on),
    workAnotherWeek: () => void another(),
  };
  return html`<aside class="backstage">
    <section class="stage" aria-labelledby="stage-title">${panel(tellStory(chronicle.all()))}</section>
    ${accounts(config)}
    ${breakage(config, acts)}
  </aside>`;
}

const initials = (name: string): string =>
  name
    .split(' ')
    .map((part) => part[0] ?? '')
    .join('');
