import { defineConfig } from 'vitest/config';

// The whole site is built, then each page opened in a browser.
export default defineConfig({ test: { testTimeout: 300_000, hookTimeout: 300_000 } });
