const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** For what a route does not say otherwise: nothing is framed, run or read by another site. */
const usual = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/** Says to browsers that an answer is personal and nothing but data. A route that is a page says its own. */
export function shield(headers: Headers): void {
  const isPage = headers.has('content-security-policy');
  const wanted = isPage ? always : { ...always, ...usual };
  for (const [name, value] of Object.entries(wanted)) headers.set(name, value);
}
