/** The browser of this repository's own tooling: no dependency of the demo, so it is named by its place. */
export async function launchBrowser() {
  const { launchBrowser: launch } = await import('../../../tooling/browser/src/browser.ts');
  return launch();
}
