/** Runs the element's suite in one engine, as a process of its own, and tells its parent what came of it. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestRunner, type TestRunnerConfig } from '@web/test-runner';
import type { TestSession } from '@web/test-runner-core';
import { notEverywhere } from '../../../packages/element/test/engines.ts';
import { engineOf } from './engines.ts';
import { launch } from './launch.ts';
import { outcomeOf } from './outcome.ts';
import { outsideOf, runOutside, withOutside } from './outside.ts';

const element = fileURLToPath(new URL('../../../packages/element/', import.meta.url));
const [name = '', ...chosen] = process.argv.slice(2);
const engine = engineOf(name);
const programs = await engine.programs();

process.chdir(element);
const { default: suite }: { default: Partial<TestRunnerConfig> } = await import(
  `${element}web-test-runner.config.mjs`
);
const leftOut = Object.entries(notEverywhere).filter(([, { engines }]) => !engines.includes(engine.name));
const wanted = chosen.length > 0 ? chosen : [suite.files ?? []].flat();

const from = performance.now();
const { launcher, version, stop } = await launch(engine.name, programs);
const sessions = await run({
  ...suite,
  rootDir: element,
  files: [...wanted, ...leftOut.map(([file]) => `!test/**/${file}`)],
  browsers: [launcher],
  concurrency: engine.name === 'chromium' ? 2 : 1,
  concurrentBrowsers: 1,
});
await stop();
const own = chosen.length > 0 ? [] : outsideOf(engine.name, programs);
const outside = await Promise.all(own.map((suite) => runOutside(element, suite)));
const seconds = (performance.now() - from) / 1000;
const outcome = withOutside(outcomeOf(sessions, { version, seconds }), outside);
process.send?.(outcome);
process.disconnect?.();
process.exitCode = outcome.failed === 0 ? 0 : 1;

async function run(config: Partial<TestRunnerConfig>): Promise<readonly TestSession[]> {
  return new Promise((resolve, reject) => {
    const reporter = {
      onTestRunFinished({ sessions }: { sessions: TestSession[] }) {
        void runner.then(async (started) => {
          await started?.stop();
          resolve(sessions);
        });
      },
      reportTestFileResults({ sessionsForTestFile, testFile }: FileResults) {
        const ok = sessionsForTestFile.every(({ passed }) => passed);
        console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${basename(testFile)}`);
      },
    };
    const runner = startTestRunner({
      config: { ...config, reporters: [reporter], watch: false },
      readCliArgs: false,
      readFileConfig: false,
      autoExitProcess: false,
    });
    runner.catch(reject);
  });
}

interface FileResults {
  readonly sessionsForTestFile: readonly TestSession[];
  readonly testFile: string;
}
