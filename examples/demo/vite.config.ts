import { defineConfig } from 'vite';

export default defineConfig({
  // The shop's Content-Security-Policy allows no inline scripts and needs none.
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
