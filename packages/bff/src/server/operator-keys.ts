import { createServerKeys } from '../http/merchant/server-keys.js';
import type { WhoIsOperator } from '../http/operator/access.js';
import { bearer } from '../http/request/bearer.js';
import { ConfigurationError } from '../secrets/configuration-error.js';

/**
 * Lets operators in by keys of their own: `anna@ops:<key>`, and `audit=read:<key>` for who may only look. The name
 * stands in the journal of whatever they do.
 *
 * @throws {ConfigurationError} when an entry has no name, or a key is of no use.
 */
export function operatorsByKey(entries: readonly string[]): WhoIsOperator {
  const operators = entries.map((entry, index) => {
    const [, name, access, key = ''] = /^([^:=]+)(=read)?:(.*)$/.exec(entry) ?? [];
    const option = `operator.keys[${index}]`;
    if (name === undefined)
      throw new ConfigurationError(option, 'has no name; write it as anna@ops:<key>, or anna@ops=read:<key>');
    return { operator: { name, readOnly: access !== undefined }, keys: createServerKeys([key], option) };
  });
  return async (c) => {
    const given = bearer(c) ?? '';
    // Every key is compared, so that the time it takes does not tell which one was nearly right.
    const admitted = await Promise.all(operators.map(({ keys }) => keys.admits(given)));
    return operators[admitted.indexOf(true)]?.operator ?? null;
  };
}
