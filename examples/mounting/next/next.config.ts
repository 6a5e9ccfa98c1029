import type { NextConfig } from 'next';

const config: NextConfig = {
  // They use what a bundler cannot see into, such as node:sqlite.
  serverExternalPackages: ['@b131/api', '@b131/bff'],
  // The repository's own `types` checks this folder.
  typescript: { ignoreBuildErrors: true },
};

export default config;
