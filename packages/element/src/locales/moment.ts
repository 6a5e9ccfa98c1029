/** A moment in the reader's own time zone; null when it is not known. */
export function formatMoment(iso: string | null, tag: string): string | null {
  if (iso === null || iso === '') return null;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' }).format(date);
}
