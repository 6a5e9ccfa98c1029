/** Tells how high the page is, now and whenever that changes: what hangs out of the flow, such as a list, counts. */
export function watchHeight({ body }: Document, tell: (height: number) => void): () => void {
  let last = 0;
  const look = (): void => {
    const height = Math.ceil(Math.max(body.scrollHeight, body.getBoundingClientRect().height));
    if (height === last) return;
    last = height;
    tell(height);
  };
  const sizes = new ResizeObserver(look);
  const changes = new MutationObserver(look);
  sizes.observe(body);
  changes.observe(body, { subtree: true, childList: true, attributes: true });
  look();
  return () => {
    sizes.disconnect();
    changes.disconnect();
  };
}
