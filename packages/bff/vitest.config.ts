import { defineConfig } from 'vitest/config';

// Nothing here waits for a fixed time, so it only takes long where the machine is slow or shared.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
