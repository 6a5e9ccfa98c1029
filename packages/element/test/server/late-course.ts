import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The part of Koa's context that is used here. */
interface Context {
  readonly path: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  status: number;
  body: unknown;
  readonly res: { destroy(): void };
  respond?: boolean;
  set(name: string, value: string): void;
}

/** What becomes of the part with the course: it is held back, comes to nothing, comes as another file, or comes. */
export type CourseFate = 'held' | 'lost' | 'other' | 'free';

/** One page's copy of the element. */
interface Copy {
  fate: CourseFate;
  readonly waiting: (() => void)[];
  asked: number;
}

const copies = new Map<string, Copy>();
const source = fileURLToPath(new URL('../../', import.meta.url));
let bundle: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * Pages with the element in parts, as a merchant's bundler or our own CDN files have it, whose second part comes as the
 * test likes: `/late/<id>/bundle/` and `/late/<id>/cdn/` are pages, `POST /late/<id>?fate=…` decides.
 */
export async function lateCourse(context: Context, next: () => Promise<void>): Promise<void> {
  const [, id, kind, file] = /^\/late\/(\w+)(?:\/(bundle|cdn)\/([\w.-]*))?$/.exec(context.path) ?? [];
  if (id === undefined) return next();
  const copy = copies.get(id) ?? { fate: 'held', waiting: [], asked: 0 };
  copies.set(id, copy);
  if (kind === undefined) decide(copy, context);
  else if (!file) await servePage(kind, context);
  else await serveFile(copy, kind === 'cdn' ? await cdnFile(file) : await bundledFile(file), file, context);
}

function decide(copy: Copy, context: Context): void {
  const { fate } = context.query;
  if (fate === 'held' || fate === 'lost' || fate === 'other' || fate === 'free') copy.fate = fate;
  if (copy.fate !== 'held') copy.waiting.splice(0).forEach((go) => void go());
  context.body = { asked: copy.asked };
}

async function servePage(kind: string, context: Context): Promise<void> {
  const { csp = '', both } = context.query;
  if (csp) context.set('content-security-policy', csp);
  context.set('content-type', 'text/html; charset=utf-8');
  const files = kind === 'bundle' ? [] : ['b131-payout.js', ...(both ? ['b131-payout.parts.js'] : [])];
  const tags = await Promise.all(files.map(cdnTag));
  if (kind === 'bundle') tags.push('<script type="module" nonce="abc" src="define.js"></script>');
  context.body = `<!doctype html><html lang="en"><title>A page</title>${tags.join('')}<body></body></html>`;
}

async function cdnTag(name: string): Promise<string> {
  const hash = createHash('sha384')
    .update(await cdnFile(name))
    .digest('base64');
  return `<script type="module" nonce="abc" src="${name}" integrity="sha384-${hash}" crossorigin="anonymous"></script>`;
}

async function serveFile(copy: Copy, text: string, file: string, context: Context): Promise<void> {
  context.set('content-type', 'text/javascript; charset=utf-8');
  if (file.includes('course') || file.includes('parts')) {
    copy.asked++;
    if (copy.fate === 'held') await new Promise<void>((go) => copy.waiting.push(go));
    if (copy.fate === 'lost') {
      context.status = 503;
      context.body = '';
      return;
    }
  }
  context.body = copy.fate === 'other' && !file.endsWith('payout.js') ? `${text}\n` : text;
}

function cdnFile(name: string): Promise<string> {
  return readFile(`${source}cdn/${name}`, 'utf8');
}

async function bundledFile(name: string): Promise<string> {
  bundle ??= bundleInParts();
  return (await bundle).get(name) ?? '';
}

async function bundleInParts(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [`${source}src/define.ts`],
    outdir: '/parts',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.replace('/parts/', ''), text]));
}
