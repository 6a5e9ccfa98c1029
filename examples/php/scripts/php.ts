import { spawnSync } from 'node:child_process';

export const howToGetPhp = 'On Debian and Ubuntu: apt-get install php-cli; on macOS: brew install php.';

/** False only when there is no such program. */
export function isPhpInstalled(): boolean {
  const { error } = spawnSync('php', ['--version'], { stdio: 'ignore', timeout: 60_000 });
  return !(error && 'code' in error && error.code === 'ENOENT');
}
