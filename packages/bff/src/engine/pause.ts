import type { Store, Switch } from '../store/store.js';
import type { EngineRules } from './rules.js';

/** What is paused now, as an operator set it in the store. */
export type PauseReader = () => Promise<EngineRules['paused']>;

/** How long what was read is believed: a pause takes hold of every process within this time, in milliseconds. */
const believedFor = 1000;

/** Reads the pause switches, at most once a second. */
export function createPauseReader(
  store: Pick<Store, 'switchLog'>,
  scope: string,
  clock: { now(): number },
): PauseReader {
  let read: { at: number; paused: EngineRules['paused'] } | null = null;
  const isPaused = async (name: Switch) => (await store.switchLog(scope, name, 1))[0]?.paused ?? false;
  return async () => {
    const now = clock.now();
    if (read && now >= read.at && now - read.at < believedFor) return read.paused;
    const paused = { start: await isPaused('start'), confirm: await isPaused('confirm') };
    read = { at: now, paused };
    return paused;
  };
}
