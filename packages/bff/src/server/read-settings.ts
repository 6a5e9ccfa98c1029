import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nearest } from './nearest.js';
import {
  type Option,
  type OptionName,
  options,
  type Settings,
  settingsSchema,
  takesFile,
} from './settings.js';

/** Where an option's value came from. */
export type Source = 'environment' | 'file' | 'default';

/** One thing wrong with the configuration. Never holds a value. */
export interface SettingProblem {
  /** As whoever configured it knows it: the variable, or the name in the file. */
  option: string;
  problem: string;
}

/** The configuration cannot be used; holds all that is wrong with it, not the first thing alone. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map(({ option, problem }) => `${option}: ${problem}`).join('\n'));
    this.problems = problems;
  }
}

export interface ReadSettings {
  settings: Settings;
  sourceOf(name: OptionName): Source;
  /** False when nothing at all was configured: somebody's first run. */
  configured: boolean;
}

export interface Environment {
  readonly [name: string]: string | undefined;
}

/** Variables of this prefix are ours: one that is not known is a slip of the pen. */
const prefix = 'B131_';
/** The file of the configuration itself, which `--config` names as well. */
const configVariable = 'B131_CONFIG';

/**
 * Reads the configuration: the environment wins over the file, the file over the defaults.
 *
 * @param env the process's environment
 * @param file path of a JSON file, or undefined
 * @throws {SettingsError} with everything that is wrong
 */
export function readSettings(env: Environment, file: string | undefined = env[configVariable]): ReadSettings {
  const problems: SettingProblem[] = [];
  const fromFile = file === undefined ? {} : readFile(file, problems);
  refuseUnknownVariables(env, problems);
  const found = new Map<OptionName, { source: Source; value: unknown; called: string }>();
  for (const option of options) {
    const given =
      fromEnvironment(option, env, problems) ?? fromConfiguration(option, fromFile, file, problems);
    if (given) found.set(option.name, given);
  }
  for (const [name, { value, called }] of found) {
    const { error } = settingsSchema.shape[name].safeParse(value);
    for (const { path, message } of error?.issues ?? [])
      problems.push({ option: [called, ...path].join('.'), problem: message });
  }
  if (problems.length > 0) throw new SettingsError(problems);
  const values = Object.fromEntries([...found].map(([name, { value }]) => [name, value]));
  return {
    settings: settingsSchema.parse(values),
    sourceOf: (name) => found.get(name)?.source ?? 'default',
    configured: [...found.keys()].some((name) => name !== 'port'),
  };
}

interface Given {
  source: Source;
  value: unknown;
  called: string;
}

function fromEnvironment(option: Option, env: Environment, problems: SettingProblem[]): Given | null {
  const fileVariable = `${option.env}_FILE`;
  const value = env[option.env] || undefined;
  const path = takesFile(option) ? env[fileVariable] || undefined : undefined;
  if (value !== undefined && path !== undefined)
    problems.push({ option: option.env, problem: `is given, and so is ${fileVariable}; keep one` });
  if (value !== undefined) return { source: 'environment', value, called: option.env };
  if (path !== undefined) return given('environment', fileVariable, path, problems);
  const platform = option.name === 'port' ? env.PORT || undefined : undefined;
  return platform === undefined ? null : { source: 'environment', value: platform, called: 'PORT' };
}

interface Configuration {
  readonly [name: string]: unknown;
}

/** In a file `privateKeyFile` names a path, which is seen from the file's own folder. */
function fromConfiguration(
  option: Option,
  configuration: Configuration,
  file: string | undefined,
  problems: SettingProblem[],
): Given | null {
  const fileName = `${option.name}File`;
  const value = configuration[option.name];
  const path = takesFile(option) ? configuration[fileName] : undefined;
  if (value !== undefined && path !== undefined)
    problems.push({ option: option.name, problem: `is given, and so is ${fileName}; keep one` });
  if (value !== undefined) return { source: 'file', value, called: option.name };
  if (path === undefined) return null;
  if (typeof path === 'string') return given('file', fileName, resolve(dirname(file ?? ''), path), problems);
  problems.push({ option: fileName, problem: 'must be the path of a file' });
  return null;
}

function given(source: Source, called: string, path: string, problems: SettingProblem[]): Given | null {
  try {
    return { source, called, value: readFileSync(path, 'utf8').trim() };
  } catch (error) {
    problems.push({ option: called, problem: `${path} cannot be read (${codeOf(error)})` });
    return null;
  }
}

function readFile(file: string, problems: SettingProblem[]): Configuration {
  const configuration = parseFile(file, problems);
  const known = options.flatMap((option) =>
    takesFile(option) ? [option.name, `${option.name}File`] : [option.name],
  );
  for (const name of Object.keys(configuration))
    if (!known.includes(name)) problems.push({ option: name, problem: unknown(`in ${file}`, name, known) });
  return configuration;
}

function parseFile(file: string, problems: SettingProblem[]): Configuration {
  try {
    const configuration: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isConfiguration(configuration)) return configuration;
    problems.push({ option: file, problem: 'must hold a JSON object, such as { "project": "my_project" }' });
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${codeOf(error)})`;
    problems.push({ option: file, problem });
  }
  return {};
}

function isConfiguration(value: unknown): value is Configuration {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseUnknownVariables(env: Environment, problems: SettingProblem[]): void {
  const known = options.flatMap((option) =>
    takesFile(option) ? [option.env, `${option.env}_FILE`] : [option.env],
  );
  for (const name of Object.keys(env)) {
    if (!name.startsWith(prefix) || name === configVariable || known.includes(name)) continue;
    problems.push({ option: name, problem: unknown('in the environment', name, known) });
  }
}

function unknown(where: string, name: string, known: readonly string[]): string {
  return `is no option (${where}); did you mean ${nearest(name, known)}? b131-bff --help lists all`;
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
