/**
 * Command line of every browser we start: headless, as root, without a network, without a GPU, without
 * anything that phones home. Site isolation and the multi-process model stay on, so that cross-origin
 * frames behave as they do for people.
 */
export const chromeArguments: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
];
