/** A Markdown file of the repository, and where it stands on the site. */
export interface Page {
  /** From the root of the repository. */
  source: string;
  /** Without ending; the site's root is the empty path. */
  path: string;
  /** In the side bar; without it the page's own heading. */
  name?: string;
}

export interface Section {
  name: string;
  pages: readonly Page[];
}

const doc = (file: string, name?: string): Page => ({
  source: `docs/${file}.md`,
  path: file,
  ...(name === undefined ? {} : { name }),
});
const readme = (folder: string, name: string): Page => ({
  source: `${folder}/README.md`,
  path: folder,
  name,
});
/** Made from the code by `src/reference`. */
const made = (file: string, name: string): Page => ({
  source: `tooling/site/made/${file}.md`,
  path: `reference/${file}`,
  name,
});

export const home: Page = { source: 'tooling/site/home.md', path: 'index' };

/** The site from top to bottom. A page that is not there (yet) is left out; one of docs/ that is not named here goes last. */
export const contents: readonly Section[] = [
  {
    name: 'Begin',
    pages: [
      doc('start', 'Start in five minutes'),
      { source: 'README.md', path: 'quick-start', name: 'Quick start' },
      doc('concepts', 'Concepts'),
    ],
  },
  {
    name: 'Guides',
    pages: [
      doc('tickets', 'Tickets from any language'),
      doc('confirm-modes', 'Who has the last word'),
      doc('mounting', 'Mounting it in your app'),
      doc('edge', 'On the edge'),
      doc('scaling', 'Stores and scaling'),
      doc('merchant-api', "For the merchant's servers"),
      doc('frameworks', 'Frameworks'),
      doc('csp', 'Content security policy'),
      doc('theming', 'Theming'),
      doc('personal-data', 'Personal data'),
      doc('telemetry', 'Telemetry'),
    ],
  },
  {
    name: 'Run it',
    pages: [
      doc('going-live', 'Going live'),
      doc('operations', 'Run book'),
      doc('upgrading', 'Upgrading'),
      doc('errors', 'Errors and what to do'),
    ],
  },
  {
    name: 'Reference',
    pages: [
      readme('packages/element', '@b131/element'),
      readme('packages/bff', '@b131/bff'),
      readme('packages/api', '@b131/api'),
      readme('packages/sandbox', '@b131/sandbox'),
      made('element', 'The element'),
      made('http', 'HTTP'),
      doc('standalone', 'b131-bff and its options'),
    ],
  },
  {
    name: 'Examples',
    pages: [
      readme('examples', 'Pages and programs'),
      readme('examples/demo', 'The demo'),
      readme('examples/php', 'A site in plain PHP'),
      readme('examples/mounting', 'In Hono, Express, Fastify, Next'),
      readme('examples/worker', 'A Cloudflare Worker'),
      readme('examples/vitest', 'Tests with the sandbox inside'),
      readme('examples/theming', "The tag's looks, live"),
    ],
  },
  {
    name: 'Why to trust it',
    pages: [
      doc('money-safety', 'Money safety'),
      { source: 'SECURITY.md', path: 'security', name: 'Security' },
      doc('performance', 'Performance'),
      doc('size', 'Size of the element'),
      doc('bank131', 'What is known of the bank'),
      doc('sandbox-fidelity', 'Fidelity of the sandbox'),
    ],
  },
  {
    name: 'Work on it',
    pages: [
      doc('architecture', 'Architecture'),
      { source: 'CONTRIBUTING.md', path: 'contributing', name: 'Contributing' },
      { source: 'CHANGELOG.md', path: 'changelog', name: 'Changes' },
    ],
  },
];
