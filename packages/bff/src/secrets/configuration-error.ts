/**
 * An option cannot be used as it was given. The message names the option, what is wrong and the way out, and never
 * holds the value: options hold secrets.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  /** The option, e.g. `secret` or `tickets.keys[1].key`. */
  readonly option: string;

  constructor(option: string, problem: string) {
    super(`${option}: ${problem}`);
    this.option = option;
  }
}
