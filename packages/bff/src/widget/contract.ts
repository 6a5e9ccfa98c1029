import type { Bank131 } from '@b131/api';
import {
  correctContract,
  sandboxContract,
  type WidgetContract,
  type WidgetOverride,
  widgetContracts,
} from '@b131/element/frame';
import * as z from 'zod';
import { ConfigurationError } from '../secrets/configuration-error.js';

const text = () => z.string({ error: 'must be text' }).min(1, 'must not be empty');
const url = () =>
  text().refine(isWebUrl, 'must be a full URL, such as https://widget.bank131.ru/tokenize.js');
const origin = () => text().refine(isOrigin, 'must be scheme, host and port: https://widget.bank131.ru');
const paths = () => z.array(text(), { error: 'must be a list of paths, such as ["token", "data.token"]' });
const time = () => z.int('must be a whole number of milliseconds').positive('must be above 0');

const callbacks = z
  .strictObject({
    place: z.enum(['instance', 'options']).exactOptional(),
    ready: text().nullable().exactOptional(),
    success: text().exactOptional(),
    error: text().nullable().exactOptional(),
  })
  .nullable();

const messages = z
  .strictObject({
    from: z.array(z.enum(['page', 'frames'])).exactOptional(),
    origins: z.array(origin()).exactOptional(),
    match: z.record(z.string(), z.string()).exactOptional(),
    event: text().exactOptional(),
    ready: text().nullable().exactOptional(),
    success: text().exactOptional(),
    error: text().nullable().exactOptional(),
    result: z.string().exactOptional(),
    failure: z.string().exactOptional(),
  })
  .nullable();

const result = z.strictObject({
  token: paths().exactOptional(),
  maskedAccount: paths().exactOptional(),
  numberHash: paths().exactOptional(),
  cardLast4: paths().exactOptional(),
  errorCode: paths().exactOptional(),
});

/** What may be corrected of the widget contract. */
export const widgetOverride: z.ZodType<WidgetOverride> = z.strictObject(
  {
    script: url().exactOptional(),
    style: url().nullable().exactOptional(),
    hosts: z.array(origin()).exactOptional(),
    inlineStyles: z.boolean().exactOptional(),
    global: text().exactOptional(),
    container: text().exactOptional(),
    construct: z.enum(['options', 'token-first']).exactOptional(),
    tokenOption: text().exactOptional(),
    localeOption: text().nullable().exactOptional(),
    options: z.record(z.string(), z.json()).exactOptional(),
    render: text().exactOptional(),
    destroy: text().nullable().exactOptional(),
    callbacks: callbacks.exactOptional(),
    messages: messages.exactOptional(),
    result: result.exactOptional(),
    spentTokenCodes: z.array(text()).exactOptional(),
    tokenLifetime: time().exactOptional(),
    deadline: time().exactOptional(),
    inferred: z.boolean().exactOptional(),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'must be an object of corrections to the widget contract' : undefined,
  },
);

/**
 * The contract of the widget in the frame: that of the bank's environment, or of the sandbox at its address, with the
 * host's corrections.
 *
 * @throws {ConfigurationError} that names the field
 */
export function widgetContractOf(
  { environment, baseUrl }: Pick<Bank131, 'environment' | 'baseUrl'>,
  corrections: unknown = {},
): WidgetContract {
  const known = environment === 'demo' || environment === 'live';
  return correctContract(
    known ? widgetContracts[environment] : sandboxContract(baseUrl),
    readOverride(corrections),
  );
}

function readOverride(corrections: unknown): WidgetOverride {
  const { data, error } = widgetOverride.safeParse(corrections);
  if (data) return data;
  const [issue] = error.issues;
  const field = ['widget', ...(issue?.path ?? [])].join('.');
  throw new ConfigurationError(field, issue?.message ?? 'is no widget contract');
}

function isWebUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isOrigin(value: string): boolean {
  return isWebUrl(value) && new URL(value).origin === value;
}
