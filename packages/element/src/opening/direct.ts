import type { Draw } from '../widget/drawing/drawing.js';

type Direct = typeof import('../widget/drawing/direct.js');

let loaded: Direct | null = null;

/** Loads what draws into the page itself. Only pages that draw so pay for it. */
export async function loadDirect(): Promise<Direct> {
  loaded = await import('../widget/drawing/direct.js');
  return loaded;
}

/** What draws into the page itself, at once where it is there already. */
export function directDrawing(): Draw | Promise<Draw> {
  return loaded?.drawDirect ?? loadDirect().then(({ drawDirect }) => drawDirect);
}
