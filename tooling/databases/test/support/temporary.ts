import { tmpdir } from 'node:os';

export const isRoot = process.getuid?.() === 0;

/** Where the folders of tests lie in which root is somebody else for a moment: a TMPDIR of root's can be closed to others. */
export const temporary = isRoot ? '/tmp' : tmpdir();
