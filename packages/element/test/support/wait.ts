import { waitUntil as wait } from '@open-wc/testing';

/** Waits for a condition as long as a slow machine may take: the library's own second is too short for one. */
export function waitUntil(
  condition: Parameters<typeof wait>[0],
  message?: string,
  options: Parameters<typeof wait>[2] = {},
): Promise<void> {
  return wait(condition, message, { timeout: 12_000, ...options });
}
