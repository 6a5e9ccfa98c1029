/**
 * Why a widget cannot be drawn here. `inside-form`: the element stands in a `<form>`, whose submission would
 * carry the account number along. `busy`: another widget lives on this page. `bad-script`: the widget's script
 * does not do what the contract says. `misconfigured`: the page does not say whose widget is wanted.
 */
export type DrawingErrorCode = 'inside-form' | 'busy' | 'bad-script' | 'misconfigured';

/** The widget cannot be drawn. */
export class DrawingError extends Error {
  override readonly name = 'DrawingError';
  readonly code: DrawingErrorCode;

  constructor(code: DrawingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
