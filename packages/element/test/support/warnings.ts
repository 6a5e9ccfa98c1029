/** What is said by `console.warn` meanwhile. */
export async function warnings(work: () => Promise<void>): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: unknown) => said.push(String(text));
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return said;
}
