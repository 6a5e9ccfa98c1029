import { defineConfig } from 'vitest/config';

// Packages are installed and built, servers and browsers are started: slow where the machine or the network is.
export default defineConfig({
  test: {
    include: ['test/typed/*.test.ts', 'test/started/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: '@b131/consumers/setup',
    fileParallelism: false,
    pool: 'threads',
  },
});
