import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A database is made before the first test, and another suite may keep the machine busy meanwhile.
  test: { testTimeout: 60_000, hookTimeout: 120_000 },
});
