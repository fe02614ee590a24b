// `npm run simulate [households]`: the year of a county (test/app/campaignYear.test.ts) at full size, 50,000 households unless said
// otherwise. Seeded, with a clock that is moved by hand; takes about as long as its last line says.
import { spawnSync } from 'node:child_process'
import { root } from './setup.mjs'

const [households = '50000'] = process.argv.slice(2)
if (!/^[1-9]\d{2,6}$/.test(households)) {
  process.stderr.write('how many households? 100 to 9999999\n')
  process.exit(1)
}
const { status } = spawnSync('node', ['node_modules/vitest/vitest.mjs', 'run', 'test/app/campaignYear.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SIMULATION_HOUSEHOLDS: households },
})
process.exit(status ?? 1)
