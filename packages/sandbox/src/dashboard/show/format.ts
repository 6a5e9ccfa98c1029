const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const rouble = new Intl.NumberFormat('en', {
  style: 'currency',
  currency: 'RUB',
  currencyDisplay: 'narrowSymbol',
});

/** `14:03:07.120`, in the reader's time zone. */
export const time = (at: string | number) => clock.format(new Date(at));

/** `14:03:07`, with the day when it was not today. */
export function moment(iso: string): string {
  const date = new Date(iso);
  const hour = time(iso).slice(0, 8);
  return date.toDateString() === new Date().toDateString() ? hour : `${day.format(date)} ${hour}`;
}

/** Minor units as roubles: `₽4,250.00`. */
export const money = (amount: number) => rouble.format(amount / 100);

/** `+12 ms`, `+1.2 s`, `+3 min 20 s`, `+2 h 5 min`. */
export function gap(ms: number): string {
  if (ms < 1_000) return `+${ms} ms`;
  if (ms < 60_000) return `+${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `+${minutes} min ${Math.floor((ms % 60_000) / 1_000)} s`;
  return `+${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Text as JSON in lines, or `null` when it is no JSON. */
export function pretty(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** A short one-line telling of any JSON. */
export function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
