import type { Looks } from '../protocol.js';

/** Makes the page look like the one around it. */
export function wear({ documentElement: root }: Document, looks: Looks): void {
  const { style } = root;
  style.colorScheme = looks.colorScheme;
  style.color = looks.color;
  style.accentColor = looks.accent;
  style.fontFamily = looks.fontFamily;
  style.fontSize = looks.rootFontSize;
  style.setProperty('--b131w-accent', looks.accent);
  root.dir = looks.direction;
}
