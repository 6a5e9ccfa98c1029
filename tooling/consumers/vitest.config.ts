import { defineConfig } from 'vitest/config';

// Packages are installed from the registry, servers and browsers are started: slow where the machine or the network is.
export default defineConfig({
  test: {
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: './src/setup.ts',
    fileParallelism: false,
    pool: 'threads',
  },
});
