import { KeyError, RequestError } from '@b131/api';
import { ConfigurationError } from '../secrets/configuration-error.js';
import type { SettingProblem } from './read-settings.js';

/** What the kit's parts call an option, and what it is called here. */
const variables: readonly (readonly [pattern: RegExp, env: string])[] = [
  [/^privateKey$/, 'B131_PRIVATE_KEY'],
  [/^bankPublicKeys/, 'B131_BANK_PUBLIC_KEYS'],
  [/^environment\.api$/, 'B131_BANK_URL'],
  [/^environment/, 'B131_ENVIRONMENT'],
  [/^project$/, 'B131_PROJECT'],
  [/^submerchant$/, 'B131_SUBMERCHANT'],
  [/^tickets\.jwksUrl$/, 'B131_TICKET_JWKS_URL'],
  [/^tickets\.maxLifetime$/, 'B131_TICKET_MAX_LIFETIME'],
  [/^secret/, 'B131_SECRET'],
  [/^origins/, 'B131_ORIGINS'],
  [/^widget/, 'B131_WIDGET'],
  [/^merchant\.keys/, 'B131_SERVER_KEYS'],
  [/^operator\.keys/, 'B131_OPERATOR_KEYS'],
  [/^load\.perSubject$/, 'B131_REQUESTS_PER_SUBJECT'],
  [/^confirm$/, 'B131_CONFIRM'],
  [/^notify\.url$/, 'B131_NOTIFY_URL'],
  [/^notify\.secret$/, 'B131_NOTIFY_SECRET'],
  [/^limits\.perPayout$/, 'B131_LIMIT_PER_PAYOUT'],
  [/^limits\.perSubjectPerDay$/, 'B131_LIMIT_PER_SUBJECT_PER_DAY'],
  [/^limits\.perDay$/, 'B131_LIMIT_PER_DAY'],
  [/^rules\.confirmWithin$/, 'B131_CONFIRM_WITHIN'],
  [/^limits\.timeZone$/, 'B131_TIME_ZONE'],
  [/^url$/, 'DATABASE_URL'],
];

/** What is wrong with an option, told by the name it has here; null for errors that are about no option. */
export function optionProblems(error: unknown): SettingProblem[] | null {
  if (error instanceof ConfigurationError || error instanceof KeyError) {
    const problem = error.message.slice(error.option.length + 2);
    return [{ option: variableOf(error.option), problem: withVariables(problem) }];
  }
  if (!(error instanceof RequestError)) return null;
  return error.issues.map(({ path, message }) => ({ option: variableOf(path), problem: message }));
}

/** `tickets.keys[1].key` is a key of the list; the one and only stands for the secret as well. */
function variableOf(option: string): string {
  const key = /^tickets\.keys(?:\[\d+\])?/.exec(option);
  if (key) return 'B131_TICKET_SECRET or B131_TICKET_KEYS';
  return variables.find(([pattern]) => pattern.test(option))?.[1] ?? option;
}

function withVariables(problem: string): string {
  return problem
    .replaceAll('`encoding: "text"`', 'B131_TICKET_SECRET_ENCODING=text')
    .replaceAll('`encoding: "base64"`', 'B131_TICKET_SECRET_ENCODING=base64');
}
