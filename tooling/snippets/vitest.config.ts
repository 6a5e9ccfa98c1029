import { defineConfig } from 'vitest/config';

// A compiler reads every package: slow only where the machine is.
export default defineConfig({ test: { testTimeout: 180_000 } });
