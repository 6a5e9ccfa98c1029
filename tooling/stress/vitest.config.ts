import { defineConfig } from 'vitest/config';

// A process of its own is started and thousands of requests are sent: slow only where the machine is.
export default defineConfig({ test: { testTimeout: 180_000, hookTimeout: 180_000 } });
