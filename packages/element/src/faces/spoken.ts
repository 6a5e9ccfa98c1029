import type { View } from './view.js';

/**
 * A view in words, for those who hear it: work in progress by its title, anything else in full. What is said above
 * the bank's form is said when the form is there.
 */
export function spoken({ kind, tone, title, text, notice, money, next }: View): string {
  if (kind === 'skeleton') return sentence(title);
  const about = tone === 'busy' ? [] : [text, money, next];
  return [sentence(title), spokenNotice(notice), ...about].filter(Boolean).join(' ');
}

/** A notice in words; empty when there is none. */
export function spokenNotice(notice: View['notice']): string {
  return notice === null
    ? ''
    : [notice.title && sentence(notice.title), notice.text].filter(Boolean).join(' ');
}

/** Screen readers pause where a sentence ends. */
function sentence(title: string): string {
  return /[.?!…]$/.test(title) ? title : `${title}.`;
}
