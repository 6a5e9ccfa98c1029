import type { WidgetOverride } from '../widget/contract/contract.js';

/** Names of the fake widget. They differ from the bank's, so that neither is taken for the other. */
export const fakeNames = { global: 'B131FakeTokenize', container: 'b131-fake-tokenize' };

/** The widget contract of the fake, drawn into the page: its script is there already. */
export const fakeWidget = {
  ...fakeNames,
  script: 'about:blank',
  style: null,
  options: {},
  messages: null,
  inferred: false,
} as const satisfies WidgetOverride;

interface Options {
  readonly publicToken: string;
  readonly locale?: string;
}

type Hook = (value?: unknown) => void;

/**
 * Puts the fake widget on a window: a form for a BIK and an account (or a card), which gives a token back as the bank's
 * does. `refuse` may name a code, as the bank would. Its text is the script of the page in the frame too, so it uses
 * nothing from outside of itself.
 */
export function placeFakeWidget(window: Window, names: typeof fakeNames, refuse: () => string | null): void {
  let given = 0;
  Reflect.set(
    window,
    names.global,
    class {
      onReady: Hook | undefined;
      onSuccess: Hook | undefined;
      onError: Hook | undefined;
      readonly options: Options;

      constructor(options: Options) {
        this.options = options;
      }

      render(): void {
        const { document } = window;
        const form = document.createElement('form');
        for (const [name, label] of [
          ['bik', 'BIK'],
          ['account', 'Account or card number'],
        ] as const) {
          const input = document.createElement('input');
          input.name = name;
          input.setAttribute('aria-label', label);
          form.append(input);
        }
        const button = document.createElement('button');
        button.textContent = 'Save';
        form.append(button);
        form.addEventListener('submit', (event) => {
          event.preventDefault();
          const number = form.querySelector<HTMLInputElement>('[name=account]')?.value ?? '';
          const code = refuse();
          if (code !== null) this.onError?.({ code });
          else this.onSuccess?.(this.result(number.replaceAll(' ', '')));
        });
        document.getElementById(names.container)?.replaceChildren(form);
        this.onReady?.();
      }

      /** One public token, one token: each is another. */
      result(number: string): object {
        given += 1;
        const last4 = number.slice(-4);
        if (number.length < 20) return { number_hash: `card:•••• ${last4}:${given}`, last4 };
        const masked = `${number.slice(0, 5)}***${last4}`;
        return { token: `account:${masked}:${given}`, masked_account: masked };
      }
    },
  );
}
