import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import type { Section } from '../src/pages/contents.ts';
import { headingOf } from '../src/pages/markdown.ts';

const staged = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../pages/${path}`, import.meta.url)), 'utf8');
const sections: Section[] = JSON.parse(staged('sections.json'));

const sidebar = sections.map(({ name, pages }) => ({
  text: name,
  collapsed: name === 'Code',
  items: pages.map((page) => ({
    text: page.name ?? headingOf(staged(`${page.path}.md`)) ?? page.path,
    link: `/${page.path}`,
  })),
}));

const listed = new Set(sections.flatMap(({ pages }) => pages.map(({ path }) => `${path}.md`)));

/** Anchors as GitHub makes them, so that a link to a heading works in both places. */
const asOnGitHub = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

export default defineConfig({
  lang: 'en',
  title: 'Payout Kit for Bank 131',
  description: 'Pay people out through Bank 131’s tokenization widget. Unofficial.',
  // What stands in no list has nothing before or behind it.
  transformPageData: ({ relativePath, frontmatter }) =>
    listed.has(relativePath) ? undefined : { frontmatter: { ...frontmatter, prev: false, next: false } },
  srcDir: 'pages',
  srcExclude: ['public/**'],
  outDir: 'dist',
  cacheDir: '.cache',
  markdown: {
    anchor: { slugify: asOnGitHub },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('b131-') } } },
  vite: { build: { chunkSizeWarningLimit: 5000 } },
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    sidebar,
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Run book', link: '/operations' },
      { text: 'HTTP', link: '/reference/http' },
    ],
    footer: { message: 'MIT licence. Unofficial: made without Bank 131.' },
  },
});
