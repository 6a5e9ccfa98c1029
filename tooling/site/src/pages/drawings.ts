/**
 * Drawings are SVG files that choose their colours by `prefers-color-scheme`, as an image on GitHub must. On the site they
 * stand in the page itself, where a switch chooses: their style becomes a part of the site's.
 */
export interface Drawing {
  svg: string;
  css: string;
}

const styleElement = /<style>([\s\S]*?)<\/style>/;
const dark = /@media \(prefers-color-scheme: dark\) \{\s*([^{}]+)\{([^{}]*)\}\s*\}/g;

export function inPage(file: string): Drawing {
  const style = styleElement.exec(file)?.[1] ?? '';
  return {
    svg: file
      .replace(styleElement, '')
      .replace(/<\?xml[^>]*>|<!--[\s\S]*?-->/g, '')
      .replace(/\s*\n\s*/g, ' ')
      .trim(),
    css: style.replace(dark, (_, selector: string, body: string) => `.dark ${selector.trim()} {${body}}`),
  };
}
