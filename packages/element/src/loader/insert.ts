import type { LoadOptions } from './options.js';

/** A tag that loads something by URL. */
export type Tag = HTMLScriptElement | HTMLLinkElement;

/** Puts a tag into the page, dressed as the page asks for; `source`: what makes it load something. */
export function insertTag(
  tag: Tag,
  source: object,
  { nonce, integrity = '', crossOrigin }: LoadOptions,
): void {
  const document = tag.ownerDocument;
  const dress = {
    nonce: nonce || document.querySelector<HTMLElement>('[nonce]')?.nonce || '',
    integrity,
    crossOrigin: crossOrigin ?? (integrity ? 'anonymous' : null),
  };
  document.head.append(Object.assign(tag, dress, source));
}
