import type { WidgetContract } from '../contract/contract.js';
import { openResultChannel, type ResultChannel } from '../result/channel.js';
import type { Drawing, DrawingOptions } from './drawing.js';
import { DrawingError } from './errors.js';
import { placeContainer, standsInForm } from './place.js';

/** Name of the slot in the element's shadow root that shows the widget. */
export const widgetSlot = 'widget';

/** Refuses places where a direct widget would hand the account number to the page's own form. */
export function checkPlace(host: HTMLElement): void {
  if (!standsInForm(host)) return;
  throw new DrawingError(
    'inside-form',
    `<${host.localName}> stands inside a <form>, which would submit what is typed into the bank's form. Move it out of the form.`,
  );
}

/**
 * Draws the widget into the page itself, in light DOM, because its script finds its container by id. Every script
 * of the page can read what is typed there.
 *
 * @returns the drawing and a promise of the moment it can be used (rejects when nothing appears in time).
 * @throws DrawingError when the script does not keep to the contract.
 */
export function drawDirect(options: DrawingOptions): { drawing: Drawing; drawn: Promise<void> } {
  const { host, contract } = options;
  checkPlace(host);
  const place = placeContainer(host, contract.container, widgetSlot);
  const { container } = place;
  const awaited = awaitDrawing(container, contract);
  const channel = openResultChannel(contract, container, {
    ...options.reports,
    ready() {
      awaited.settle();
      options.reports.ready();
    },
  });
  const root = host.getRootNode();
  let touched = false;
  container.addEventListener('input', () => {
    touched = true;
  });
  let instance: object | null = null;
  const remove = (): void => {
    channel.close();
    awaited.settle();
    if (instance !== null && contract.destroy !== null) call(instance, contract.destroy);
    instance = null;
    place.remove();
  };
  try {
    instance = render(options, channel);
  } catch (error) {
    remove();
    throw new DrawingError('bad-script', `The widget's script does not do what its contract says`, {
      cause: error,
    });
  }
  return {
    drawing: {
      get touched() {
        return touched || container.contains(container.ownerDocument.activeElement);
      },
      get inPlace() {
        return host.getRootNode() === root && !standsInForm(host);
      },
      remove,
    },
    drawn: awaited.drawn,
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

function render({ contract, publicToken, locale, host }: DrawingOptions, channel: ResultChannel): object {
  const window = host.ownerDocument.defaultView;
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
