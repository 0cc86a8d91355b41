import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is one small application without any address outside itself: fonts and icons are built in, so it works offline. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  logLevel: 'warn',
  // One chunk is right for a page that is served from this machine.
  build: { emptyOutDir: true, chunkSizeWarningLimit: 2_000, assetsInlineLimit: 0 },
});
