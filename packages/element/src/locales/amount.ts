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
