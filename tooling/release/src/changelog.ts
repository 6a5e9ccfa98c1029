import * as z from 'zod';

/** What `changeset status --output` writes, as far as it is read here. */
export const plan = z.object({
  changesets: z.array(
    z.object({
      summary: z.string(),
      releases: z.array(z.object({ name: z.string(), type: z.enum(['major', 'minor', 'patch', 'none']) })),
    }),
  ),
  releases: z.array(z.object({ name: z.string(), newVersion: z.string().optional(), type: z.string() })),
});
export type Plan = z.infer<typeof plan>;

/**
 * The changelog with the planned release at its top: the packages are released under one version, so they have one list.
 *
 * @param today as it stands beside the version: `2026-11-25`
 */
export function withRelease(changelog: string, { changesets, releases }: Plan, today: string): string {
  const version = releases.find(({ newVersion }) => newVersion !== undefined)?.newVersion;
  if (version === undefined) return changelog;
  const lines = changesets.map(({ summary, releases: touched }) => {
    const names = touched.map(({ name }) => `\`${name}\``).join(', ');
    return `- ${names}: ${summary.trim().replaceAll('\n', '\n  ')}`;
  });
  const heading = /^# .+\n+/.exec(changelog)?.[0] ?? '# Changelog\n\n';
  const before = changelog.slice(changelog.startsWith(heading) ? heading.length : 0);
  return `${heading}## ${version} (${today})\n\n${lines.join('\n')}\n\n${before}`;
}
