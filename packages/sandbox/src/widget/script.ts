import { ALLOWED_PREFIXES } from '../bank/account.js';
import type { Personality } from '../bank/settings.js';
import { BANKS } from './banks.js';

/**
 * The widget's script as it is served: plain JavaScript for browsers, no dependency, no build. Kept as text so
 * that the core needs no file system. The bank's own tokenization widget is not public; names follow its
 * siblings (inferred): a global class, a container found by id, `render()`. The personality can give it others.
 */
export const widgetScript = ({
  widgetGlobal,
  widgetContainer,
  widgetChannel,
}: Personality) => String.raw`(() => {
  'use strict';

  const NAME = ${JSON.stringify(widgetContainer)};
  const GLOBAL = ${JSON.stringify(widgetGlobal)};
  const CHANNEL = ${JSON.stringify(widgetChannel)};
  const BANKS = ${JSON.stringify(BANKS)};
  const script = document.currentScript || document.querySelector('script[src*="tokenize.js"]');
  const endpoint = new URL('/widget/api/tokenize', script ? script.src : location.href).href;
  const PREFIXES = ${JSON.stringify(ALLOWED_PREFIXES)};

  const TEXTS = {
    en: {
      account: {
        title: 'Your bank account',
        submit: 'Save account',
        other: 'To a card instead',
        done: 'Account saved',
      },
      card: { title: 'Your card', submit: 'Save card', other: 'To a bank account instead', done: 'Card saved' },
      bik: 'BIK of the bank',
      bikHint: '9 digits',
      number: 'Account number',
      numberHint: '20 digits, spaces are fine',
      cardNumber: 'Card number',
      cardNumberHint: 'The long number on the front',
      busy: 'Saving…',
      sandbox: 'Sandbox: no real money moves',
      problems: {
        bik_empty: 'Enter the BIK of the bank.',
        bik_format: 'A BIK has 9 digits.',
        account_empty: 'Enter the account number.',
        account_format: 'An account number has 20 digits.',
        account_prefix: 'Payouts cannot go to this kind of account. Personal accounts begin with 40817810.',
        account_check_digit: 'The account number does not belong to this BIK. Check both.',
        card_empty: 'Enter the card number.',
        card_number: 'Check the card number: a digit is missing or wrong.',
        public_token: 'This form has expired. Open it once more.',
        invalid_request: 'The bank did not accept this. Check the numbers.',
        network_error: 'No connection to the bank. Try once more.',
      },
    },
    ru: {
      account: {
        title: 'Ваш банковский счёт',
        submit: 'Сохранить счёт',
        other: 'Лучше на карту',
        done: 'Счёт сохранён',
      },
      card: { title: 'Ваша карта', submit: 'Сохранить карту', other: 'Лучше на счёт', done: 'Карта сохранена' },
      bik: 'БИК банка',
      bikHint: '9 цифр',
      number: 'Номер счёта',
      numberHint: '20 цифр, можно с пробелами',
      cardNumber: 'Номер карты',
      cardNumberHint: 'Длинный номер на лицевой стороне',
      busy: 'Сохраняем…',
      sandbox: 'Песочница: настоящие деньги не движутся',
      problems: {
        bik_empty: 'Введите БИК банка.',
        bik_format: 'В БИК 9 цифр.',
        account_empty: 'Введите номер счёта.',
        account_format: 'В номере счёта 20 цифр.',
        account_prefix: 'На такие счета выплаты не приходят. Личные счета начинаются с 40817810.',
        account_check_digit: 'Номер счёта не подходит к этому БИК. Проверьте оба номера.',
        card_empty: 'Введите номер карты.',
        card_number: 'Проверьте номер карты: не хватает цифры или есть ошибка.',
        public_token: 'Форма устарела. Откройте её ещё раз.',
        invalid_request: 'Банк не принял эти данные. Проверьте номера.',
        network_error: 'Нет связи с банком. Попробуйте ещё раз.',
      },
    },
  };

  // What is wrong with what was typed: a key of texts.problems, or null. Numbers come without spaces.

  function bikProblem(bik) {
    if (bik === '') return 'bik_empty';
    return /^\d{9}$/.test(bik) ? null : 'bik_format';
  }

  function accountProblem(account, bik) {
    if (account === '') return 'account_empty';
    if (!/^\d{20}$/.test(account)) return 'account_format';
    if (!PREFIXES.some((prefix) => account.startsWith(prefix))) return 'account_prefix';
    return bikProblem(bik) || hasCheckDigit(bik, account) ? null : 'account_check_digit';
  }

  // The Bank of Russia's check: 3 digits of the BIK and the account, weights 7, 1, 3, last digits summed.
  function hasCheckDigit(bik, account) {
    const part = bik.slice(6, 8) === '00' ? '0' + bik.slice(4, 6) : bik.slice(6);
    let sum = 0;
    for (let i = 0; i < 23; i++) sum += ((part + account)[i] * [7, 1, 3][i % 3]) % 10;
    return sum % 10 === 0;
  }

  function cardProblem(number) {
    if (number === '') return 'card_empty';
    return /^\d{14,19}$/.test(number) && luhn(number) % 10 === 0 ? null : 'card_number';
  }

  function luhn(number) {
    let sum = 0;
    for (let i = 0; i < number.length; i++) {
      const value = number[number.length - 1 - i] * (i % 2 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    }
    return sum;
  }

  const digits = (input) => input.value.replace(/[\s\u00a0-]/g, '');

  function element(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  // An input with its label, hint and place for an error.
  function field(name, label, hint) {
    const id = 'b131w-' + name;
    const input = element('input', {
      id,
      name,
      class: 'b131w-input',
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'off',
      spellcheck: 'false',
      required: '',
      'aria-describedby': id + '-hint ' + id + '-error',
    });
    const error = element('p', { id: id + '-error', class: 'b131w-error' });
    const about = element('p', { id: id + '-hint', class: 'b131w-hint' }, hint);
    const box = element(
      'div',
      { class: 'b131w-field' },
      element('label', { for: id, class: 'b131w-label' }, label),
      input,
      about,
      error,
    );
    const show = (text) => {
      error.textContent = text;
      if (text) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    };
    return { box, input, show, about };
  }

  class Bank131Tokenize {
    constructor(first, second) {
      const options = typeof first === 'string' ? { ...second, publicToken: first } : { ...first };
      const locale = String(options.locale || document.documentElement.lang || 'en').toLowerCase();
      this.publicToken = String(options.publicToken || '');
      this.language = locale.startsWith('ru') ? 'ru' : 'en';
    }

    // Hooks: assign before render().
    onReady() {}
    onSuccess() {}
    onError() {}

    render() {
      const container = document.getElementById(NAME);
      if (!container) throw new Error(GLOBAL + ': there is no element with the id ' + NAME);
      container.replaceChildren(this.draw());
      this.tell('ready');
    }

    draw() {
      const texts = TEXTS[this.language];
      const bik = field('bik', texts.bik, texts.bikHint);
      const account = field('account', texts.number, texts.numberHint);
      const card = field('card', texts.cardNumber, texts.cardNumberHint);
      const title = element('legend', { class: 'b131w-title' });
      const submit = element('button', { type: 'submit', class: 'b131w-submit' });
      const other = element('button', { type: 'button', class: 'b131w-other' });
      const message = element('p', { class: 'b131w-message', role: 'alert' });
      const done = element('div', { class: 'b131w-done', role: 'status' });
      const set = element('fieldset', { class: 'b131w-set' }, title, bik.box, account.box, card.box, message, submit, other);
      const note = element('p', { class: 'b131w-note' }, texts.sandbox);
      const form = element('form', { class: 'b131w-form', lang: this.language, novalidate: '' }, set, done, note);
      this.parts = { texts, form, set, title, bik, account, card, submit, other, message, done };
      this.listen();
      this.show('account');
      return form;
    }

    listen() {
      const { form, other, bik, account, card } = this.parts;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.submit();
      });
      other.addEventListener('click', () => {
        this.show(this.mode === 'card' ? 'account' : 'card');
        (this.mode === 'card' ? card : bik).input.focus();
      });
      bik.input.addEventListener('input', () => this.nameBank());
      for (const { input } of [bik, account, card]) {
        input.addEventListener('input', () => input.hasAttribute('aria-invalid') && this.check());
      }
    }

    // Whose BIK it is, where that is known.
    nameBank() {
      const { texts, bik } = this.parts;
      const bank = Object.hasOwn(BANKS, digits(bik.input)) ? BANKS[digits(bik.input)] : null;
      bik.about.textContent = bank ? bank[this.language] : texts.bikHint;
    }

    show(mode) {
      const { texts, title, bik, account, card, submit, other, message } = this.parts;
      this.mode = mode;
      bik.box.hidden = account.box.hidden = mode === 'card';
      card.box.hidden = mode !== 'card';
      title.textContent = texts[mode].title;
      submit.textContent = texts[mode].submit;
      other.textContent = texts[mode].other;
      message.textContent = '';
    }

    // Shows what is wrong at the fields and returns the first wrong one.
    check() {
      const { texts, bik, account, card } = this.parts;
      const problems =
        this.mode === 'card'
          ? [[card, cardProblem(digits(card.input))]]
          : [
              [bik, bikProblem(digits(bik.input))],
              [account, accountProblem(digits(account.input), digits(bik.input))],
            ];
      for (const [place, problem] of problems) place.show(problem ? texts.problems[problem] : '');
      const wrong = problems.find(([, problem]) => problem);
      return wrong ? wrong[0].input : null;
    }

    async submit() {
      if (this.parts.set.disabled) return;
      const wrong = this.check();
      if (wrong) return wrong.focus();
      this.busy(true);
      const answer = await this.send();
      if (!this.parts.form.isConnected) return;
      if (answer.error) this.fail(answer.error);
      else this.finish(answer.data);
    }

    async send() {
      const { bik, account, card } = this.parts;
      const body =
        this.mode === 'card'
          ? { card: { number: digits(card.input) } }
          : { bik: digits(bik.input), account: digits(account.input) };
      const headers = { 'content-type': 'application/json', 'x-public-token': this.publicToken };
      try {
        const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(body) });
        return await response.json();
      } catch {
        return { error: { code: 'network_error', description: 'The widget could not reach its server' } };
      }
    }

    busy(on) {
      const { texts, form, set, submit } = this.parts;
      set.disabled = on;
      form.setAttribute('aria-busy', String(on));
      submit.textContent = on ? texts.busy : texts[this.mode].submit;
    }

    fail(error) {
      const { texts, message, submit } = this.parts;
      this.busy(false);
      const key = error.code.startsWith('public_token') ? 'public_token' : error.code;
      message.textContent = texts.problems[key] || texts.problems.invalid_request;
      submit.focus();
      this.tell('error', { error });
    }

    // The numbers leave the page: only the mask stays.
    finish(result) {
      const { texts, form, set, bik, account, card, done } = this.parts;
      const masked = result.type === 'card' ? '•••• ' + result.last4 : result.masked_account;
      form.setAttribute('aria-busy', 'false');
      for (const { input } of [bik, account, card]) input.value = '';
      set.hidden = true;
      done.replaceChildren(
        element('span', { class: 'b131w-tick', 'aria-hidden': 'true' }, '✓'),
        element('span', { class: 'b131w-done-text' }, texts[this.mode].done),
        element('span', { class: 'b131w-masked' }, masked),
      );
      this.tell('success', { result });
    }

    // To the hook, or as a message on this page, or both.
    tell(event, detail = {}) {
      const hook = { ready: 'onReady', success: 'onSuccess', error: 'onError' }[event];
      if (CHANNEL !== 'callback') window.postMessage({ source: NAME, event, ...detail }, window.location.origin);
      if (CHANNEL !== 'message' && typeof this[hook] === 'function') this[hook](detail.result || detail.error);
    }
  }

  // The check of the form, for whoever wants to try it by itself.
  Bank131Tokenize.problem = (bik, account) => bikProblem(bik) || accountProblem(account, bik);
  window[GLOBAL] = Bank131Tokenize;
})();
`;
