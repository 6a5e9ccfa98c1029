import { execFile } from 'node:child_process';

/** What trying to start a program taught us. */
export type Probe = { ok: true; version: string } | { ok: false; reason: string };

/** Starts `<path> --version` and reports whether the program runs on this machine. */
export function probe(path: string): Promise<Probe> {
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === 'win32') return Promise.resolve({ ok: true, version: 'unknown' });
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve({ ok: true, version: stdout.trim() });
      else resolve({ ok: false, reason: stderr.trim().split('\n')[0] || error.message });
    });
  });
}
