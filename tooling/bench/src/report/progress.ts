/** Where it says what it is doing. */
export interface Progress {
  say(text: string): void;
  end(): void;
}

/** One line that changes, on a terminal; a line for each step elsewhere. */
export function createProgress(output: NodeJS.WriteStream): Progress {
  const from = performance.now();
  const time = () => `${((performance.now() - from) / 1000).toFixed(0).padStart(4)} s  `;
  return {
    say(text) {
      if (output.isTTY) output.write(`\r\x1b[K${time()}${text}`);
      else output.write(`${time()}${text}\n`);
    },
    end() {
      if (output.isTTY) output.write('\r\x1b[K');
    },
  };
}
