/** Values that texts may name: `{amount}` … A null one is not known. */
export type TextValues = Readonly<Record<string, string | null>>;

/**
 * Fills `{name}` in a text. A sentence that names an unknown value is left out, so that no text ever shows a hole.
 */
export function fill(text: string, values: TextValues): string {
  const sentences = text.match(/[^.!?]+(?:[.!?]+\s*|$)/g) ?? [];
  const kept = sentences.filter((sentence) =>
    [...sentence.matchAll(/\{(\w+)\}/g)].every(([, name]) => values[name ?? ''] != null),
  );
  return kept
    .join('')
    .replace(/\{(\w+)\}/g, (_, name: string) => apart(values[name] ?? '', text))
    .trim();
}

/** In a text written from the right, `40817***9535` would be read as `9535***40817`: it is set apart from its surroundings. */
function apart(value: string, text: string): string {
  return /[\u0590-\u08ff]/.test(text) ? `\u2068${value}\u2069` : value;
}
