import { isFinal, type PayoutView } from '../bff/payout.js';
import { canAnswer, canTryAnother } from '../flow/next.js';
import type { PayoutNotice, State, Step } from '../flow/state.js';
import { formatAmount } from '../locales/amount.js';
import { fill, type TextValues } from '../locales/fill.js';
import type { Locale } from '../locales/find.js';
import { formatMoment } from '../locales/moment.js';
import type { Texts } from '../locales/texts.js';
import type { CardView } from '../opening/card.js';
import type { TokenResult } from '../widget/result/read.js';
import { errorRow } from './errors.js';
import { failureOf, failureTable } from './failures.js';
import type { FaceName } from './names.js';
import { faceOfPayout, statusTable } from './statuses.js';
import { type Outlook, type Summary, shownSummary } from './summary.js';
import { faceTable, type NextName, type Tone } from './table.js';

/** Something the recipient can press. */
export interface Action {
  readonly name: 'confirm' | 'cancel' | 'another' | 'retry';
  readonly label: string;
  readonly primary: boolean;
  /** It has been pressed and is being done. */
  readonly busy: boolean;
  readonly disabled: boolean;
}

/** One line of facts. */
export interface Fact {
  readonly name: 'amount' | 'account' | 'purpose' | 'paid-at' | 'returned';
  readonly label: string;
  readonly value: string;
}

/** Everything a face shows, in the recipient's language: plain data for the templates. */
export interface View extends CardView {
  readonly text: string;
  readonly money: string;
  readonly next: string;
  readonly notice: { readonly tone: Tone; readonly title: string; readonly text: string } | null;
  readonly facts: readonly Fact[];
  readonly actions: readonly Action[];
  /** The code to tell support, when the face is about an error. */
  readonly code: string | null;
}

/** The view of a state. */
export function viewOf(state: State, locale: Locale, outlook: Outlook): View {
  const { step } = state;
  const summary = outlook === 'coming' ? null : outlook;
  const face = faceOf(step);
  const { texts } = locale;
  const target = targetOf(step);
  const base: View = {
    face,
    tone: faceTable[face].tone,
    kind: kindOf(step),
    ...words(face, texts),
    notice: null,
    facts: target === null ? [] : facts([accountLine(target, texts.labels)]),
    actions: [],
    step: state.mode === 'token' ? null : 1,
    summary:
      state.mode === 'token'
        ? null
        : shownSummary(face === 'loading' ? outlook : summary, texts.labels.youReceive, locale.tag),
    code: null,
  };
  return filled({ ...base, ...details(state, step, locale) }, valuesOf(step, locale, summary));
}

interface Words {
  readonly title: string;
  readonly text: string;
  readonly money: string;
  readonly next: string;
}

/** What a face says: what happened, whether money moved, what comes next. */
function words(face: FaceName, texts: Texts): Words {
  const { title, text = '' } = texts.faces[face];
  const { money, next } = faceTable[face];
  return { title, text, money: money === null ? '' : texts.money[money], next: sentences(next, texts) };
}

function sentences(names: readonly NextName[], { next }: Texts): string {
  return names.map((name) => next[name]).join(' ');
}

function faceOf(step: Step): FaceName {
  switch (step.at) {
    case 'finding':
    case 'preparing':
      return 'loading';
    case 'payout':
      return faceOfPayout(step.payout);
    case 'problem':
      return step.unsure ? 'unsure' : errorRow(step.code).face;
    default:
      return step.at;
  }
}

function kindOf({ at }: Step): View['kind'] {
  if (at === 'form') return 'form';
  return at === 'waiting' || at === 'finding' || at === 'preparing' ? 'skeleton' : 'news';
}

function details(state: State, step: Step, locale: Locale): Partial<View> {
  const { texts } = locale;
  if (step.at === 'preparing' || step.at === 'form') return { notice: formNotice(step, texts) };
  if (step.at === 'payout') return payoutDetails(state, step, locale);
  if (step.at === 'problem') return problemDetails(step, texts);
  return {};
}

function formNotice(step: Step & { at: 'preparing' | 'form' }, { notes }: Texts): View['notice'] {
  return step.notice === null ? null : { tone: 'warn', title: '', text: notes[step.notice] };
}

function problemDetails(step: Step & { at: 'problem' }, { buttons, money }: Texts): Partial<View> {
  const label = step.unsure ? buttons.checkAgain : buttons.retry;
  const offered = step.unsure || errorRow(step.code).retryable;
  return {
    actions: offered ? [action('retry', label)] : [],
    code: step.code,
    ...(step.early ? { money: money.notByThis } : {}),
    ...(step.unsure ? { step: 2 } : {}),
  };
}

function payoutDetails(state: State, step: Step & { at: 'payout' }, locale: Locale): Partial<View> {
  const { payout } = step;
  return {
    ...failureText(payout, locale.texts),
    notice: payoutNotice(step.notice, payout, locale),
    facts: facts(payoutLines(payout, locale)),
    actions: payoutActions(state, step, locale.texts),
    step: statusTable[payout.status].step,
    summary: shownSummary(payout, locale.texts.labels[summaryLabel(payout)], locale.tag),
    code: payout.status === 'failed' ? (payout.error?.code ?? null) : null,
  };
}

/** `failed` says why, where the bank says why; both say how to go on. */
function failureText({ status, error, retryable }: PayoutView, texts: Texts): Partial<Words> {
  if (status !== 'failed' && status !== 'cancelled') return {};
  const failure = status === 'cancelled' ? 'session_cancelled' : failureOf(error?.code ?? '');
  return {
    text: texts.failures[failure],
    next: sentences(retryable ? failureTable[failure] : ['toGoOn'], texts),
  };
}

function payoutNotice(
  notice: PayoutNotice | null,
  payout: PayoutView,
  { texts, tag }: Locale,
): View['notice'] {
  const { notes } = texts;
  if (notice === 'out_of_contact') return { tone: 'warn', title: '', text: notes.outOfContact };
  // The page did something that the payout, as it stands, does not take: words that name no face of their own.
  const said = notice === 'payout_changed' ? 'not_confirmable' : notice;
  if (said === 'payout_in_progress' || said === 'payout_finished' || said === 'not_confirmable') {
    const { title, text, money, next } = words(said, texts);
    return { tone: 'info', title, text: [text, money, next].filter(Boolean).join(' ') };
  }
  if (notice === null) return ownNotice(payout, texts, tag);
  if (faceOfPayout(payout) !== 'review') return { tone: 'warn', title: '', text: notes.outOfSight };
  return {
    tone: 'warn',
    title: '',
    text: notice === 'ticket_expired' ? notes.answerExpired : notes.answerLost,
  };
}

function ownNotice(payout: PayoutView, { notes }: Texts, tag: string): View['notice'] {
  if (payout.status === 'succeeded' && payout.returnedAmount > 0) {
    const returned = formatAmount(payout.returnedAmount, payout.currency, tag);
    return { tone: 'warn', title: '', text: fill(notes.partlyReturned, { returned }) };
  }
  const time = faceOfPayout(payout) === 'review' ? formatMoment(payout.confirmBy, tag) : null;
  return time === null ? null : { tone: 'info', title: '', text: fill(notes.confirmBy, { time }) };
}

function payoutActions(
  state: State,
  { asked, payout }: Step & { at: 'payout' },
  texts: Texts,
): readonly Action[] {
  const { buttons } = texts;
  if (canTryAnother(state)) return [action('another', buttons.another)];
  if (faceOfPayout(payout) !== 'review') return [];
  const disabled = !canAnswer(state);
  return [
    { name: 'confirm', label: buttons.confirm, primary: true, busy: asked === 'confirm', disabled },
    { name: 'cancel', label: buttons.cancel, primary: false, busy: asked === 'cancel', disabled },
  ];
}

function action(name: Action['name'], label: string): Action {
  return { name, label, primary: true, busy: false, disabled: false };
}

type Line = Omit<Fact, 'value'> & { readonly value: string | null };

/** Amount and purpose stand at the top of the card; what is to be confirmed names them once more. */
function payoutLines(payout: PayoutView, { texts: { labels }, tag }: Locale): readonly Line[] {
  const { status, currency, description } = payout;
  const whole = faceOfPayout(payout) === 'review';
  const paidAt = status === 'succeeded' ? formatMoment(payout.finishedAt, tag) : null;
  const returned = payout.returnedAmount > 0 ? formatAmount(payout.returnedAmount, currency, tag) : null;
  const amount = whole ? formatAmount(payout.amount, currency, tag) : null;
  return [
    { name: 'amount', label: labels.amount, value: amount },
    accountLine(payout.destination, labels),
    { name: 'purpose', label: labels.purpose, value: whole ? description || null : null },
    { name: 'paid-at', label: labels.paidAt, value: paidAt },
    { name: 'returned', label: labels.returnedAmount, value: returned },
  ];
}

function accountLine({ kind, masked }: Target, labels: Texts['labels']): Line {
  return { name: 'account', label: kind === 'card' ? labels.card : labels.account, value: masked };
}

function facts(lines: readonly Line[]): readonly Fact[] {
  return lines.flatMap(({ value, ...line }) => (value === null ? [] : [{ ...line, value }]));
}

type SummaryLabel = 'youReceive' | 'paidToYou' | 'amount';

/** What will not reach the recipient is not called received. */
function summaryLabel({ status }: PayoutView): SummaryLabel {
  if (status === 'succeeded') return 'paidToYou';
  const doubtful = status === 'needs_attention' || status === 'cancelling';
  return isFinal(status) || doubtful ? 'amount' : 'youReceive';
}

/** Where the money is to go. */
type Target = Pick<TokenResult, 'kind' | 'masked'>;

function targetOf(step: Step): Target | null {
  if (step.at === 'payout') return step.payout.destination;
  return 'result' in step ? step.result : null;
}

function valuesOf(step: Step, { tag, texts: { labels } }: Locale, summary: Summary | null): TextValues {
  const payout = step.at === 'payout' ? step.payout : null;
  const target = targetOf(step);
  const sum = payout ?? summary;
  const to = target?.kind === 'card' ? labels.toCard : labels.toAccount;
  return {
    amount: sum === null ? null : formatAmount(sum.amount, sum.currency, tag),
    to: target === null ? null : fill(to, { account: target.masked }) || null,
    returned:
      payout === null ? null : formatAmount(payout.returnedAmount || payout.amount, payout.currency, tag),
  };
}

function filled(view: View, values: TextValues): View {
  const { title, text, money, next } = view;
  return {
    ...view,
    title: fill(title, values),
    text: fill(text, values),
    money: fill(money, values),
    next: fill(next, values),
  };
}
