/**
 * A number from 0 up to 1 that belongs to a seed and a name: the same pair gives the same number always. Strikes
 * are drawn so, and not from one stream, so that what one session meets does not hang on what others do meanwhile.
 */
export function chance(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
