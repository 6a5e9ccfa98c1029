import text from '../../../docs/theming.md?raw';

/** A row of the table of custom properties. */
export interface Property {
  readonly name: string;
  readonly light: string;
  /** Empty where the scheme makes no difference. */
  readonly dark: string;
  readonly purpose: string;
}

/** A row of the table of parts. */
export interface Part {
  readonly name: string;
  readonly what: string;
}

/** A style sheet of the chapter of recipes, under the sentence before it. */
export interface Recipe {
  readonly title: string;
  readonly css: string;
}

/** Every custom property, as documented. */
export const properties: readonly Property[] = rows('## Custom properties').map(
  ([name = '', light = '', dark = '', purpose = '']) => ({ name, light, dark, purpose }),
);

/** Every part, as documented. */
export const parts: readonly Part[] = rows('## Parts').map(([name = '', what = '']) => ({ name, what }));

/** Every recipe, as documented. */
export const recipes: readonly Recipe[] = [
  ...chapter('## Recipes').matchAll(/^([^\n`#]+):\n\n```css\n([^`]+)```/gm),
].map(([, title = '', css = '']) => ({ title, css: css.trim() }));

function chapter(heading: string): string {
  const start = text.indexOf(heading);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end);
}

function rows(heading: string): readonly string[][] {
  return chapter(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('`', '').trim()),
    );
}
