/** A value that JSON can hold: widget options are data, never code. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Everything the element knows of the bank's widget, as data. Bank 131's page on the tokenization widget is not
 * public: names and channels below follow its documented and observed siblings (`self-employed.js`,
 * `payment-form.js`) and are **inferred** unless a comment says otherwise. Correct what the bank tells you by the
 * option `widget` of the backend, or, where the widget is drawn directly, by the element's property of that name.
 */
export interface WidgetContract {
  /** URL of the script. Inferred: `tokenize.js`. The hosts are documented. */
  readonly script: string;
  /** URL of the style sheet, or null when there is none. Inferred: `tokenize.css`. */
  readonly style: string | null;
  /** Subresource integrity of script and style, e.g. `sha384-…`, or null. Only for files whose bytes the bank promises to keep. */
  readonly integrity: { readonly script: string | null; readonly style: string | null };
  /** How script and style are asked for across origins, or null: as a plain tag does. `integrity` wants `anonymous`, its default. */
  readonly crossOrigin: 'anonymous' | 'use-credentials' | null;
  /** Origins of whatever else the widget talks to, for the policy of the framed page. Unknown. */
  readonly hosts: readonly string[];
  /** The widget writes styles into its markup, which the policy of the framed page then has to allow. Unknown. */
  readonly inlineStyles: boolean;
  /** Name of the constructor on `window`. Inferred: `Bank131Tokenize`. */
  readonly global: string;
  /** Id of the element the widget draws into, found with `document.getElementById`. Inferred. */
  readonly container: string;
  /** `options`: `new X({ publicToken, …options })`; `token-first`: `new X(publicToken, options)`. Inferred. */
  readonly construct: 'options' | 'token-first';
  /** Name of the option that carries the public token, where the constructor takes one object. */
  readonly tokenOption: string;
  /** Name of the option that carries the language (`en`, `ru`), or null. Inferred. */
  readonly localeOption: string | null;
  /** Further options handed to the constructor. */
  readonly options: { readonly [key: string]: Json };
  /** Method that draws. The name `render` is common to the whole family. */
  readonly render: string;
  /** Method that takes the drawing away, where the widget has one. */
  readonly destroy: string | null;
  /** Functions the widget calls, or null. Inferred from the sibling's `onReady` … hooks. */
  readonly callbacks: CallbackChannel | null;
  /** Window messages the widget posts, or null. That the family posts messages is documented, their shape is inferred. */
  readonly messages: MessageChannelContract | null;
  /** Where a result keeps what we need. */
  readonly result: ResultReading;
  /** Codes after which the public token is spent and the form must be drawn anew. Inferred. */
  readonly spentTokenCodes: readonly string[];
  /** A public token older than this (milliseconds) is replaced before it is used. 24 h at the sibling; we take 23. */
  readonly tokenLifetime: number;
  /** Longest wait for the script, and then again for the drawn form, in milliseconds. */
  readonly deadline: number;
  /** True while the names rest on inference; says so once in the console. */
  readonly inferred: boolean;
}

/** How the widget calls back. */
export interface CallbackChannel {
  /** `instance`: assigned to the instance before render; `options`: passed to the constructor. */
  readonly place: 'instance' | 'options';
  readonly ready: string | null;
  readonly success: string;
  readonly error: string | null;
}

/** How the widget's window messages look. */
export interface MessageChannelContract {
  /** `page`: posted by the page's own window (any script there can forge these); `frames`: by frames inside the container. */
  readonly from: readonly ('page' | 'frames')[];
  /** Exact origins allowed for frames, e.g. `https://widget.bank131.ru`. Messages of the page must come from its own origin. */
  readonly origins: readonly string[];
  /** Fields that mark a message as the widget's, e.g. `{ source: 'bank131-tokenize' }`. */
  readonly match: { readonly [path: string]: string };
  /** Path of the event's name. */
  readonly event: string;
  readonly ready: string | null;
  readonly success: string;
  readonly error: string | null;
  /** Path of the result, or '' when the message itself is the result. */
  readonly result: string;
  /** Path of the error. */
  readonly failure: string;
}

/** Paths into a result (`token`, `data.token`), tried in order. */
export interface ResultReading {
  readonly token: readonly string[];
  readonly maskedAccount: readonly string[];
  readonly numberHash: readonly string[];
  readonly cardLast4: readonly string[];
  readonly errorCode: readonly string[];
}

/** A partial contract: what it names wins, down to the fields of `integrity`, `callbacks`, `messages` and `result`. */
export type WidgetOverride = {
  readonly [K in keyof WidgetContract]?: WidgetContract[K] extends readonly unknown[]
    ? WidgetContract[K]
    : NonNullable<WidgetContract[K]> extends
          | CallbackChannel
          | MessageChannelContract
          | ResultReading
          | WidgetContract['integrity']
      ? Partial<NonNullable<WidgetContract[K]>> | Extract<WidgetContract[K], null>
      : WidgetContract[K];
};
