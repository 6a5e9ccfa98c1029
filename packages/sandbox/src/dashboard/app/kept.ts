import type { Theme } from './state.js';

/** What the reader chose once, for the next visit. A browser that keeps nothing is fine too. */
export function readKept(): { shortcuts: boolean; theme: Theme } {
  const theme = read('theme');
  return {
    shortcuts: read('shortcuts') !== 'false',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
  };
}

export function keep(name: 'shortcuts' | 'theme', value: string): void {
  try {
    localStorage.setItem(`b131-sandbox-${name}`, value);
  } catch {
    // Then it is for this visit only.
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(`b131-sandbox-${name}`);
  } catch {
    return null;
  }
}
