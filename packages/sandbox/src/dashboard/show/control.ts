/** What stands in the field or the select that an event came from. */
export function textOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

/** Is the box that an event came from ticked? */
export function isTicked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}

/** The number in the field that an event came from; NaN when there is none. */
export function numberOf({ target }: Event): number {
  return target instanceof HTMLInputElement ? target.valueAsNumber : Number.NaN;
}
