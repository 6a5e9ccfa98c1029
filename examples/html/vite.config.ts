import { defineConfig } from 'vite';

// Serves the one file of the package as `/b131-payout.js`; any web server can do that.
export default defineConfig({ publicDir: 'node_modules/@b131/element/cdn' });
