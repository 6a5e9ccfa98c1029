import { expect, test } from 'vitest';
import { withRelease } from '../src/changelog.ts';

const before = '# Changelog\n\n## 0.1.0\n\n- The first whole.\n';

test('a release stands above the ones before, with every change and the packages it is of', () => {
  const plan = {
    changesets: [
      {
        summary: 'A webhook is answered.\n\nAlways.',
        releases: [{ name: '@b131/bff', type: 'patch' as const }],
      },
      {
        summary: 'Names.',
        releases: [
          { name: '@b131/api', type: 'minor' as const },
          { name: '@b131/element', type: 'patch' as const },
        ],
      },
    ],
    releases: [{ name: '@b131/api', newVersion: '0.2.0', type: 'minor' }],
  };
  expect(withRelease(before, plan, '2026-11-25')).toBe(`# Changelog

## 0.2.0 (2026-11-25)

- \`@b131/bff\`: A webhook is answered.
  
  Always.
- \`@b131/api\`, \`@b131/element\`: Names.

## 0.1.0

- The first whole.
`);
});

test('without a changeset nothing changes', () => {
  expect(withRelease(before, { changesets: [], releases: [] }, '2026-11-25')).toBe(before);
});
