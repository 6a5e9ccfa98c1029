/** A page under a policy that takes a payout from the form to the end, and tells every face and every violation. */
import { B131Payout } from '../../src/define.js';
import { settingsOf } from './settings.ts';
import { tell } from './tell.ts';

const url = new URL(location.href);
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  violations.push(`${effectiveDirective} ${blockedURI}`),
);
const element = Object.assign(new B131Payout(), settingsOf(url, url.searchParams.get('how') ?? ''));
const codes: string[] = [];
element.addEventListener('b131-error', ({ code }) => codes.push(code));
element.addEventListener('b131-ready', () => {
  const inputs = document.querySelectorAll<HTMLInputElement>('#bank131-tokenize input');
  const padding = getComputedStyle(document.querySelector('#bank131-tokenize form') ?? document.body).display;
  for (const input of inputs) input.value = '40817810400003869535';
  if (inputs.length === 0) tell({ codes, violations, shown: 'framed' });
  else document.querySelector<HTMLFormElement>('#bank131-tokenize form')?.requestSubmit();
  element.addEventListener('b131-status', () => tell({ codes, violations, shown: padding }), { once: true });
});
element.addEventListener('b131-error', () => tell({ codes, violations, shown: 'error' }));
document.body.append(element);
