import type { WidgetContract, WidgetOverride } from './contract.js';

/** Which bank the widget belongs to. */
export type WidgetEnvironment = 'sandbox' | 'demo' | 'live';

function preset(base: string, inferred: boolean): WidgetContract {
  return {
    script: `${base}/tokenize.js`,
    style: `${base}/tokenize.css`,
    integrity: { script: null, style: null },
    crossOrigin: null,
    hosts: [],
    inlineStyles: false,
    global: 'Bank131Tokenize',
    container: 'bank131-tokenize',
    construct: 'options',
    tokenOption: 'publicToken',
    localeOption: 'locale',
    options: {},
    render: 'render',
    destroy: null,
    callbacks: { place: 'instance', ready: 'onReady', success: 'onSuccess', error: 'onError' },
    messages: {
      from: ['page', 'frames'],
      origins: [new URL(base).origin],
      match: { source: 'bank131-tokenize' },
      event: 'event',
      ready: 'ready',
      success: 'success',
      error: 'error',
      result: 'result',
      failure: 'error',
    },
    result: {
      token: ['token', 'data.token'],
      maskedAccount: ['masked_account', 'data.masked_account'],
      numberHash: ['number_hash', 'data.number_hash'],
      cardLast4: ['last4', 'data.last4'],
      errorCode: ['code', 'error.code'],
    },
    spentTokenCodes: ['public_token_used', 'public_token_expired'],
    tokenLifetime: 23 * 60 * 60 * 1000,
    deadline: 15_000,
    inferred,
  };
}

/**
 * The widget contract of each environment. Hosts of `demo` and `live` are documented for the widget family; file
 * and global names of the tokenization widget are inferred. `sandbox` is the bank on your desk (port 4131).
 */
export const widgetContracts: Readonly<Record<WidgetEnvironment, WidgetContract>> = {
  sandbox: preset('http://127.0.0.1:4131/widget', false),
  demo: preset('https://widget-demo.bank131.ru', true),
  live: preset('https://widget.bank131.ru', true),
};

/** The widget contract of a sandbox that listens elsewhere, e.g. at `http://127.0.0.1:4231`. */
export function sandboxContract(api: string): WidgetContract {
  return preset(`${api.replace(/\/+$/, '')}/widget`, false);
}

/** Whether a text, which may come from an attribute, names an environment. */
export function isEnvironment(name: string): name is WidgetEnvironment {
  return Object.hasOwn(widgetContracts, name);
}

/** The preset of an environment with the page's corrections laid over it; an unknown name never gets so far. */
export function resolveContract(
  environment: WidgetEnvironment,
  override: WidgetOverride | null,
): WidgetContract {
  const base = isEnvironment(environment) ? widgetContracts[environment] : widgetContracts.live;
  return correctContract(base, override);
}

/** A contract with corrections laid over it. */
export function correctContract(base: WidgetContract, override: WidgetOverride | null): WidgetContract {
  if (override === null) return base;
  const { integrity, callbacks, messages, result, ...rest } = override;
  return {
    ...base,
    ...rest,
    integrity: { ...base.integrity, ...integrity },
    callbacks: lay(base.callbacks, callbacks),
    messages: lay(base.messages, messages),
    result: { ...base.result, ...result },
  };
}

function lay<T extends object>(base: T | null, over: Partial<T> | null | undefined): T | null {
  if (over === undefined) return base;
  if (over === null || base === null) return null;
  return { ...base, ...over };
}
