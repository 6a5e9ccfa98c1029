/** What a node stands in: its parent, or the host of the shadow root that it is. Documents of other windows included. */
export function around(node: Node): Node | null {
  return node.parentNode ?? hostOf(node);
}

/** The host of a shadow root; null for every other node. By its shape: each window has classes of its own. */
export function hostOf(node: Node): Element | null {
  return 'host' in node && isElement(node.host) ? node.host : null;
}

/** Whether something is an element, of whichever window. */
export function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'nodeType' in value && value.nodeType === 1;
}
