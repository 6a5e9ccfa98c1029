/** What the work rejects with, if it is an error of that class. */
export async function rejection<Kind extends Error>(
  work: Promise<unknown>,
  kind: new (...parameters: never[]) => Kind,
): Promise<Kind> {
  try {
    await work;
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`expected a ${kind.name}`);
}
