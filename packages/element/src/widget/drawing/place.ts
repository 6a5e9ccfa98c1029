import { around, hostOf, isElement } from '../../dom/around.js';

/** A container in the page's light DOM that shows up inside an element, wherever that element stands. */
export interface Place {
  readonly container: HTMLElement;
  remove(): void;
}

let count = 0;

/**
 * Puts a container where `document.getElementById` finds it and slots it down into `host`'s shadow root. When the
 * host itself stands inside other shadow roots, the container goes into the outermost host's light DOM and one
 * `<slot>` in each root between them passes it on.
 */
export function placeContainer(host: HTMLElement, id: string, slot: string): Place {
  const document = host.ownerDocument;
  const nodes: HTMLElement[] = [];
  let at: Element = host;
  let name = slot;
  for (let next = hostOf(at.getRootNode()); next !== null; next = hostOf(at.getRootNode())) {
    const link = document.createElement('slot');
    link.slot = name;
    name = `b131-widget-${++count}`;
    link.name = name;
    at.append(link);
    nodes.push(link);
    at = next;
  }
  const container = document.createElement('div');
  container.id = id;
  container.slot = name;
  at.append(container);
  nodes.push(container);
  return { container, remove: () => nodes.forEach((node) => void node.remove()) };
}

/** Whether an element stands inside a `<form>`, shadow roots in between included. */
export function standsInForm(element: Element): boolean {
  for (let at: Node | null = element; at !== null; at = around(at)) {
    if (isElement(at) && at.localName === 'form') return true;
  }
  return false;
}
