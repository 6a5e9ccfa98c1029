/** Code in Markdown, which holds no links: fences, then spans. */
const code = /^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2[^\n]*$|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/gm;
const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/g;

export interface Link {
  text: string;
  target: string;
  isImage: boolean;
}

/** Markdown with each link replaced by what `change` makes of it; links within code stay. */
export async function changeLinks(
  markdown: string,
  change: (link: Link) => Promise<string> | string,
): Promise<string> {
  const { text: masked, restore } = withoutCode(markdown);
  const parts: string[] = [];
  let at = 0;
  for (const match of masked.matchAll(link)) {
    const [whole, bang, text = '', target = ''] = match;
    parts.push(masked.slice(at, match.index), await change({ text, target, isImage: bang === '!' }));
    at = match.index + whole.length;
  }
  return restore(parts.join('') + masked.slice(at));
}

/** VitePress reads a page as a template: what looks like a tag or an expression, and is none of ours, is text. */
export function asTemplate(markdown: string): string {
  const { text, restore } = withoutCode(markdown);
  return restore(
    text
      .replace(/\\?<(?!\/?(?:a|br|figure|svg|sub|sup|details|summary)\b|!--)(?=[\w/])/g, '&lt;')
      .replaceAll('{{', '&#123;&#123;'),
  );
}

function withoutCode(markdown: string): { text: string; restore: (text: string) => string } {
  const kept: string[] = [];
  return {
    text: markdown.replace(code, (found) => `\uE000${kept.push(found) - 1}\uE000`),
    restore: (text) => text.replace(/\uE000(\d+)\uE000/g, (_, index) => kept[Number(index)] ?? ''),
  };
}

/** The first heading of a page, without its marks. */
export function headingOf(markdown: string): string | undefined {
  return /^# (.+)$/m.exec(markdown.replace(/^```[\s\S]*?^```/gm, ''))?.[1]?.replaceAll('`', '');
}

/** The first paragraph below the heading, on one line and without links. */
export function introductionOf(markdown: string): string {
  const below = markdown.replace(/^[\s\S]*?^# .+$/m, '').split(/\n{2,}/);
  const first = below.find((text) => /^[\p{L}*`[<]/u.test(text.trim())) ?? '';
  return first.replace(link, '$2').replace(/\s+/g, ' ').trim();
}
