import { executeServerCommand } from '@web/test-runner-commands';
import type { Conditions } from '../commands/devtools.ts';
import { origin } from './world.ts';

/** Safari's engine. */
export const isWebKit = navigator.vendor.startsWith('Apple');

/** Sets what the person's browser is like: in forced colours, dark, with less motion; what is not named is off. */
export async function conditions(wanted: Conditions = {}): Promise<void> {
  await executeServerCommand('conditions', { ...wanted });
}

/** The bank and the backend cannot be reached any more, and the browser knows it. `conditions()` ends it. */
export function goOffline(): Promise<void> {
  return conditions({ offline: [`${origin}/w/*`, `${origin}/widget/*`] });
}

/** The text of a file in `test/kept`; with `--update-snapshots` the given text is what is kept. */
export async function kept(name: string, text: string): Promise<string> {
  return textOf(await executeServerCommand('kept', { name, text }));
}

/** The accessibility tree below an element, one node a line: role, name, and what else is told of it. */
export async function tree(selector: string): Promise<string> {
  return textOf(await executeServerCommand('tree', selector));
}

function textOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'text' in answer) return String(answer.text);
  throw new Error('The test runner gave no text');
}

/** Goes one stop back by the keyboard. */
export async function tabBack(): Promise<void> {
  await executeServerCommand('tab-back');
}
