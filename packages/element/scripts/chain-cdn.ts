/**
 * Ties the two files in `cdn/` together, so that the hash on a page's one tag vouches for both: `b131-payout.js` knows
 * the hash of `b131-payout.parts.js`, and hands it what both need. As the bundler leaves them, the parts would import
 * that from the first file by its address: unverified, and a second time where the page has loaded it by another one.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** A name as one module says it, and as the other does. */
type Pair = readonly [string, string];

const first = new URL('../cdn/b131-payout.js', import.meta.url);
const second = new URL('../cdn/b131-payout.parts.js', import.meta.url);
/** Where the first file leaves what the second one takes, and takes away. */
const place = 'globalThis[Symbol.for(new URL(".",import.meta.url))]';

const parts = await readFile(second, 'utf8');
const [importing, imported] = find(parts, /import\{([^}]*)\}from"\.\/b131-payout\.js";/);
const taken = `const{${list(pairs(imported), ':')}}=${place};delete ${place};`;
const whole = parts.replace(importing, () => taken);
if (/\bimport\b(?!\.meta)|\bfrom"/.test(whole)) throw new Error('The parts import something unverified');
await writeFile(second, whole);

const handed = new Set(pairs(imported).map(([name]) => name));
const code = await readFile(first, 'utf8');
const [exporting, exported] = find(code, /export\{([^}]*)\};/);
const inside = pairs(exported).filter(([, name]) => handed.has(name));
const open = pairs(exported).filter(([, name]) => !handed.has(name));
const given = `${place}={${list(
  inside.map(([here, there]) => [there, here]),
  ':',
)}};export{${list(open, ' as ')}};`;
const [placeholder] = find(code, /__B131_(INTEGRITY_OF_PARTS)__/);
const integrity = `sha384-${createHash('sha384').update(whole).digest('base64')}`;
await writeFile(first, code.replace(exporting, () => given).replace(placeholder, integrity));

/** The one place that a pattern finds, and what it names there. */
function find(text: string, pattern: RegExp): Pair {
  const [place, ...others] = text.matchAll(new RegExp(pattern, 'g'));
  if (place === undefined || others.length > 0)
    throw new Error(`Found ${pattern} not once: the bundler writes otherwise now`);
  return [place[0], place[1] ?? ''];
}

/** `a as b,c` as pairs. */
function pairs(names: string): Pair[] {
  return names.split(',').map((one) => {
    const [here = '', there = here] = one.trim().split(' as ');
    return [here, there];
  });
}

function list(all: readonly Pair[], between: string): string {
  return all.map(([one, other]) => (one === other ? one : one + between + other)).join(',');
}
