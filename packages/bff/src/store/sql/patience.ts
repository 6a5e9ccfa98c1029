const firstWait = 2;
const longestWait = 250;

/**
 * Does the work again and again, with growing jittered waits, while `again` says of its error that this is of use: for
 * `patience` milliseconds at most.
 */
export async function patiently<T>(
  patience: number,
  work: () => Promise<T>,
  again: (error: unknown) => boolean,
): Promise<T> {
  const giveUpAt = performance.now() + patience;
  for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await work();
    } catch (error) {
      if (!again(error) || performance.now() > giveUpAt) throw error;
    }
    await pause(wait * (0.5 + Math.random() / 2));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
