import type { WidgetContract } from '../contract/contract.js';
import { openResultChannel, type ResultChannel, type WidgetReports } from '../result/channel.js';
import { DrawingError } from './errors.js';

/** What the widget needs to run. */
export interface LiveOptions {
  readonly contract: WidgetContract;
  readonly publicToken: string;
  /** Language of the widget, e.g. `ru`. */
  readonly locale: string;
  readonly reports: WidgetReports;
}

/** The bank's widget at work in a container. */
export interface LiveWidget {
  /** Resolves when it can be used; rejects when nothing appears in time. */
  readonly drawn: Promise<void>;
  /** The recipient has typed into it, or is about to. */
  readonly touched: boolean;
  /** Brings the focus into its first field. */
  focus(): void;
  /** Ends it and empties the container. Safe to call twice. */
  remove(): void;
}

/**
 * Runs the widget in a container that carries the contract's id and stands in the document.
 *
 * @throws DrawingError when the script does not keep to the contract.
 */
export function runWidget(container: HTMLElement, options: LiveOptions): LiveWidget {
  const { contract } = options;
  const awaited = awaitDrawing(container, contract);
  const end = new AbortController();
  const channel = openResultChannel(contract, container, {
    ...options.reports,
    ready() {
      awaited.settle();
      options.reports.ready();
    },
  });
  let typed = false;
  container.addEventListener(
    'input',
    () => {
      typed = true;
    },
    { signal: end.signal },
  );
  let instance: object | null = null;
  const remove = (): void => {
    end.abort();
    channel.close();
    awaited.settle();
    if (instance !== null && contract.destroy !== null) call(instance, contract.destroy);
    if (instance !== null) container.replaceChildren();
    instance = null;
  };
  try {
    instance = render(container.ownerDocument, options, channel);
  } catch (error) {
    remove();
    throw new DrawingError('bad-script', `The widget's script does not do what its contract says`, {
      cause: error,
    });
  }
  return {
    drawn: awaited.drawn,
    get touched() {
      return typed || container.contains(container.ownerDocument.activeElement);
    },
    focus: () => firstField(container)?.focus(),
    remove,
  };
}

/** The widget's constructor, or null when the script has not brought it. A dotted name walks into objects. */
export function widgetConstructor(
  window: object,
  name: string,
): (new (...values: unknown[]) => object) | null {
  let at: unknown = window;
  for (const part of name.split('.')) {
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null) return null;
    at = Reflect.get(at, part);
  }
  return isConstructor(at) ? at : null;
}

function isConstructor(value: unknown): value is new (...values: unknown[]) => object {
  return typeof value === 'function';
}

function render(
  { defaultView: window }: Document,
  { contract, publicToken, locale }: LiveOptions,
  channel: ResultChannel,
): object {
  const Widget = window && widgetConstructor(window, contract.global);
  if (!Widget) throw new TypeError(`window.${contract.global} is not a constructor`);
  const { callbacks } = contract;
  const options = {
    ...contract.options,
    ...(contract.localeOption === null ? {} : { [contract.localeOption]: locale }),
    ...(callbacks?.place === 'options' ? channel.hooks : {}),
  };
  const instance =
    contract.construct === 'token-first'
      ? new Widget(publicToken, options)
      : new Widget({ [contract.tokenOption]: publicToken, ...options });
  if (callbacks?.place === 'instance') Object.assign(instance, channel.hooks);
  call(instance, contract.render);
  return instance;
}

function call(instance: object, method: string): void {
  const found: unknown = Reflect.get(instance, method);
  if (typeof found !== 'function') throw new TypeError(`The widget has no method ${method}`);
  Reflect.apply(found, instance, []);
}

/** Always settles. The widget is drawn when it says so, or, for one that says nothing, when its container is no longer empty. */
function awaitDrawing(
  container: HTMLElement,
  contract: WidgetContract,
): { drawn: Promise<void>; settle: () => void } {
  const silent = contract.callbacks?.ready == null && contract.messages?.ready == null;
  let settle = (_error?: DrawingError): void => {};
  const drawn = new Promise<void>((resolve, reject) => {
    const appeared = (): boolean => container.childElementCount > 0;
    const observer = new MutationObserver(() => {
      if (silent && appeared()) settle();
    });
    const timer = setTimeout(() => {
      if (appeared()) settle();
      else settle(new DrawingError('bad-script', 'The widget was rendered and nothing appeared'));
    }, contract.deadline);
    settle = (error) => {
      clearTimeout(timer);
      observer.disconnect();
      if (error) reject(error);
      else resolve();
    };
    observer.observe(container, { childList: true, subtree: true });
  });
  return { drawn, settle: () => settle() };
}

function firstField(container: HTMLElement): HTMLElement | undefined {
  const fields = container.querySelectorAll<HTMLElement>('input, select, textarea, button, iframe');
  return [...fields].find((field) => field.checkVisibility() && !field.matches(':disabled'));
}
