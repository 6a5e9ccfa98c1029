import type { TestSession, TestSuiteResult } from '@web/test-runner-core';

/** What came of the suite in one engine. */
export interface Outcome {
  readonly version: string;
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  /** One text for each failure: file, test, and what was wrong. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Counts what the test runner's sessions tell. A file that could not be run at all is a failure. */
export function outcomeOf(
  sessions: readonly TestSession[],
  { version, seconds }: Pick<Outcome, 'version' | 'seconds'>,
): Outcome {
  const counted = sessions.map((session) => {
    const tests = testsOf(session.testResults);
    const failures = [
      ...session.errors.map(({ message }) => `${fileOf(session)}: ${message}`),
      ...tests
        .filter(({ passed }) => !passed)
        .map(({ name, error }) => `${fileOf(session)}: ${name}\n    ${error?.message ?? 'not run'}`),
    ];
    const none = !session.passed && failures.length === 0 ? [`${fileOf(session)}: did not run`] : [];
    return { passed: tests.filter(({ passed }) => passed).length, failures: [...failures, ...none] };
  });
  const failures = counted.flatMap((file) => file.failures);
  const passed = counted.reduce((sum, file) => sum + file.passed, 0);
  return { version, seconds, files: sessions.length, passed, failed: failures.length, failures };
}

interface Told {
  readonly name: string;
  readonly passed: boolean;
  readonly error?: { readonly message: string } | undefined;
}

/** Every test with the names of the suites around it. */
function testsOf(suite: TestSuiteResult | undefined, path = ''): readonly Told[] {
  if (!suite) return [];
  const own = suite.tests.map(({ name, passed, error }) => ({ name: `${path}${name}`, passed, error }));
  return [...own, ...suite.suites.flatMap((inner) => testsOf(inner, `${path}${inner.name}: `))];
}

function fileOf({ testFile }: TestSession): string {
  return testFile.split('/').at(-1) ?? testFile;
}
