import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** `cdn/b131-payout.js`: everything in one file, Lit and both languages included. */
export default defineConfig({
  build: {
    outDir: 'cdn',
    target: 'es2023',
    lib: { entry: 'dist/cdn.js', formats: ['es'], fileName: () => 'b131-payout.js' },
    rolldownOptions: {
      output: {
        codeSplitting: false,
        minify: true,
        postBanner: `/*! ${manifest.name} ${manifest.version}, MIT. Contains lit, BSD-3-Clause, Copyright Google LLC. */`,
      },
    },
  },
});
