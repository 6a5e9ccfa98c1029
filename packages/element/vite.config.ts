import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/**
 * `cdn/b131-payout.js` for a page without a build, Lit included, and `cdn/b131-payout.parts.js`, which it loads itself:
 * `scripts/chain-cdn.ts` ties them together.
 */
export default defineConfig({
  plugins: [
    {
      name: 'verified-imports',
      enforce: 'pre',
      async resolveId(id, importer) {
        const resolved = await this.resolve(id, importer, { skipSelf: true });
        return resolved?.id.endsWith('/dist/parts/imports.js') && !importer?.includes('/dist/cdn/')
          ? resolved.id.replace(/parts\/imports\.js$/, 'cdn/imports.js')
          : resolved;
      },
    },
  ],
  build: {
    outDir: 'cdn',
    target: 'es2023',
    modulePreload: false,
    lib: { entry: 'dist/cdn/main.js', formats: ['es'], fileName: () => 'b131-payout.js' },
    rolldownOptions: {
      // What both files need stands in the first one.
      preserveEntrySignatures: 'allow-extension',
      output: {
        chunkFileNames: 'b131-payout.parts.js',
        minify: true,
        postBanner: `/*! ${manifest.name} ${manifest.version}, MIT. Contains lit, BSD-3-Clause, Copyright Google LLC. */`,
      },
    },
  },
});
