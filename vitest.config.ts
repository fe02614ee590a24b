import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bots/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 60_000, // the longest walks take half of it alone
    hookTimeout: 120_000,
    // Vitest keeps one core for itself; on the two of the gate that halves the speed. Tests mostly wait for a database.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { TZ: 'America/Los_Angeles' }, // no result may depend on the process time zone
  },
})
