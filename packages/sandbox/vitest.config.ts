import { defineConfig } from 'vitest/config';

// A file of its own: the light install of the demo builds with vite.config.ts and has no vitest.
export default defineConfig({
  // Whatever else this machine is busy with.
  test: { testTimeout: 60_000, hookTimeout: 60_000 },
});
