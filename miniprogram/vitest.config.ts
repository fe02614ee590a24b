import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@platform': new URL('./src/platform/h5.ts', import.meta.url).pathname } },
  test: {
    include: ['src/**/*.test.ts', 'gate/**/*.test.ts'],
    environment: 'jsdom',
    testTimeout: 30_000,
    env: { TZ: 'America/Los_Angeles' }, // no result may depend on the time zone of the machine
  },
})
