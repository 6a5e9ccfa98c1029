/** The script of a page under a policy: the tag as a merchant writes it, and what the browser complains of. */
import '../../src/define.js';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  violations.push(`${effectiveDirective} ${blockedURI}`),
);

const element = document.createElement('b131-payout');
Object.assign(element, JSON.parse(document.documentElement.dataset.properties ?? '{}'));
Object.assign(window, { violations });
document.body.append(element);
