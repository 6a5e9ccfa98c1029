import { snippetsIn } from '@b131/snippets';
import { describe, expect, inject, test } from 'vitest';
import { textIn } from '../src/pack.ts';

describe.each(inject('packed').map((one) => [one.manifest.name, one] as const))('%s', (_, one) => {
  const { manifest, content } = one;

  test('has its licence, its README and its manifest, and nothing that only we need', () => {
    expect(content).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    const ours = content.filter((path) =>
      /(^|\/)(src|test|tests|node_modules|scripts)\/|\.tsbuildinfo|tsconfig|\.test\./.test(path),
    );
    expect(ours).toEqual([]);
  });

  test('has every file that its exports name', () => {
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const missing = named
      .map((path) => path.replace('./', ''))
      .filter(
        (path) =>
          !content.some((file) =>
            new RegExp(`^${path.replaceAll('.', '\\.').replace('*', '.+')}$`).test(file),
          ),
      );
    expect(named.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  test('wants what npm has: no protocol of the workspace is left', () => {
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|link:|file:/);
    expect(manifest.license).toBe('MIT');
    expect(manifest.engines.node).toBe('>=22.13');
  });

  test('its README stands alone: no link or picture leads out of the package', async () => {
    const readme = await textIn(one, 'README.md');
    const text = snippetsIn('README.md', readme).reduce((rest, { code }) => rest.replace(code, ''), readme);
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    expect(targets.filter((target) => !/^(#|https:\/\/)/.test(target))).toEqual([]);
  });

  test('its source maps lead to sources that it has, or tell them themselves', async () => {
    const maps = content.filter((path) => path.endsWith('.js.map'));
    const lost: string[] = [];
    for (const path of maps.slice(0, 5)) {
      const map: { sources: string[]; sourcesContent?: unknown[] } = JSON.parse(await textIn(one, path));
      if (!map.sourcesContent) lost.push(path);
    }
    expect(lost, 'left from an older build? Remove packages/*/dist and build again').toEqual([]);
  });
});
