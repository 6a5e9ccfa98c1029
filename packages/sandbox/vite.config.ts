import { defineConfig, type Plugin } from 'vite';

/**
 * The dashboard becomes one module that holds its script and its style as text: the sandbox's core runs where there
 * are no files, and whoever installs it gets no further package.
 */
export default defineConfig({
  publicDir: false,
  plugins: [asText()],
  build: {
    outDir: 'dist/dashboard',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: 'src/dashboard/main.ts' },
  },
});

function asText(): Plugin {
  return {
    name: 'as-text',
    // After the style has been put together.
    enforce: 'post',
    generateBundle(_, bundle) {
      const texts = { script: '', style: '' };
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') texts.script += output.code;
        else texts.style += String(output.source);
        delete bundle[name];
      }
      if (!texts.script || !texts.style) this.error('The dashboard has lost its script or its style');
      const lines = Object.entries(texts).map(
        ([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`,
      );
      this.emitFile({ type: 'asset', fileName: 'assets.js', source: lines.join('') });
    },
  };
}
