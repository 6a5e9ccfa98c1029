/** Shows on stderr how far a run is: one living line in a terminal, a line now and then elsewhere. */
export interface Progress {
  show(done: number, failed: number): void;
  /** A line that stays. */
  tell(line: string): void;
  end(): void;
}

export function createProgress(worlds: number): Progress {
  const living = process.stderr.isTTY === true;
  const every = living ? 200 : 10_000;
  const startedAt = performance.now();
  let shownAt = startedAt;
  let shown = false;
  return {
    show(done, failed) {
      const now = performance.now();
      if (now - shownAt < every) return;
      shownAt = now;
      shown = true;
      const speed = Math.round((done * 1000) / (now - startedAt));
      const bad = failed === 0 ? '' : `, ${failed} with violations`;
      const line = `${done} of ${worlds} worlds${bad}, ${speed} a second`;
      process.stderr.write(living ? `\r\u001b[K${line}` : `${line}\n`);
    },
    tell(line) {
      process.stderr.write(living ? `\r\u001b[K${line}\n` : `${line}\n`);
    },
    end() {
      if (living && shown) process.stderr.write('\r\u001b[K');
    },
  };
}
