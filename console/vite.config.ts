import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// Served by the service itself under /console, from `dist/` of this folder.
export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Pages may not run scripts from data: addresses, and one request more is no matter.
    assetsInlineLimit: 0,
    // The charts are most of it and are loaded when a page with one is opened.
    chunkSizeWarningLimit: 700,
  },
  server: { host: '127.0.0.1' },
})
