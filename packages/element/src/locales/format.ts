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

/** An amount of minor units in the language's own writing: 150000 RUB → `1 500,00 ₽`. */
export function formatAmount(amount: number, currency: string, tag: string): string {
  try {
    const format = new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(amount / 10 ** digits);
  } catch {
    return `${(amount / 100).toFixed(2)} ${currency}`;
  }
}

/** A moment in the reader's own time zone; null when it is not known. */
export function formatMoment(iso: string | null, tag: string): string | null {
  if (iso === null || iso === '') return null;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' }).format(date);
}
