import type { Settings, SettingsPatch } from '../../bank/settings.js';
import type { State } from '../app/state.js';

/** Two that are no behaviour: where webhooks go, and what is left in the wallet. */
const ORDINARY = new Set(['webhookUrl', 'walletBalance']);

/** Names of settings that are not as the sandbox comes. */
export function unusual({ settings, setup }: State): string[] {
  if (!settings || !setup) return [];
  const { personality, ...rest } = settings;
  const { personality: usual, ...defaults } = setup.defaults;
  return [...differing(rest, defaults), ...differing(personality, usual)];
}

/** Those that make it another bank, which a reader must not forget; a quicker one is still the same. */
export function misbehaviour(state: State): string[] {
  return unusual(state).filter((name) => !name.endsWith('Ms') || name === 'statusLagMs');
}

/** The patch that makes everything usual again. */
export function usualPatch(defaults: Settings): SettingsPatch {
  const { webhookUrl: _, walletBalance: __, ...patch } = defaults;
  return patch;
}

function differing(now: object, usual: object): string[] {
  const before = new Map(Object.entries(usual));
  return Object.entries(now)
    .filter(([name, value]) => !ORDINARY.has(name) && before.get(name) !== value)
    .map(([name]) => name);
}
