import { fileURLToPath } from 'node:url';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { build } from 'vite';
import { B131Payout } from '../../dist/react/index.js';
import { reactProps } from '../support/react-props.ts';

/** React is CommonJS, so its test comes bundled; beside it what a server has rendered. */
export const react = {
  name: 'react',
  serve: async ({ path }: { readonly path: string }) => {
    if (path === '/test/react.test.tsx') return { body: await bundledReactTest(), type: 'js' };
    if (path === '/rendered-by-react') return { body: renderedByReact(), type: 'html' };
    return undefined;
  },
};

/** What a server sends: rendered by Node, where there is no DOM. */
function renderedByReact(): string {
  return renderToString(createElement(B131Payout, reactProps));
}

/** The test of `./react` as one file, with React as a developer has it: it complains. */
async function bundledReactTest(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: {
        input: fileURLToPath(new URL('../react.test.tsx', import.meta.url)),
        external: '@open-wc/testing',
        output: { codeSplitting: false },
        // What may be left out is told of dist/, this is src/.
        treeshake: false,
      },
    },
  });
  const [result] = [output].flat();
  if (result === undefined || !('output' in result)) throw new Error('The React test was not bundled');
  return result.output[0].code;
}
