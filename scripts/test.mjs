// `npm test`: sets the machine up as far as it may, builds everything, runs all tests, and ends with one line
// `N passed, N failed, N skipped`. `--server` leaves out what hangs on the browser and not on Node: the client's
// own tests and those in Chromium. REQUIRE_ALL=1 turns a skip into a failure.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { count, failures, sum, verdict } from './results.mjs'
import { build, checkNode, client, install, root, run, say } from './setup.mjs'

/** System packages of Debian that parts of the suite need, and how to see that they are there. */
const systemPackages = [
  { name: 'chromium', there: () => inPath('chromium') },
  { name: 'redis-server', there: () => inPath('redis-server') },
  { name: 'fonts-noto-cjk', there: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
  { name: 'poppler-utils', there: () => inPath('pdftotext') },
  {
    name: 'postgresql',
    there: () => existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0,
  },
]

function inPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some(folder => existsSync(path.join(folder, program)))
}

async function installSystemPackages() {
  const missing = systemPackages.filter(one => !one.there()).map(one => one.name)
  if (missing.length === 0) return
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say(`正在安装系统软件包 / installing ${missing.join(' ')}`)
    // RUNLEVEL=1: the packages shall not start their services, the tests start their own.
    const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
    const installed = run('apt-get', ['update', '-qq'], { env }).then(() =>
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env }),
    )
    await installed.catch(error => say(error.message))
  }
  for (const one of systemPackages) {
    if (!one.there())
      say(`缺少 ${one.name}，需要它的测试将跳过 / ${one.name} is missing: tests that need it are left out`)
  }
}

/** Runs vitest in a folder and counts. A run without a report is one failure. */
function suite(folder, report, more) {
  const cli = path.join(folder, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [cli, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...more]
  const env = { ...process.env, WECHATY_LOG: process.env.WECHATY_LOG ?? 'silent' }
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env, stdio: 'inherit' })
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [`FAILED ${folder}: no report`] }
  const results = JSON.parse(readFileSync(report, 'utf8'))
  const total = { ...count(results), failures: failures(results, folder) }
  if (status === 0 || total.failed > 0) return total
  return { ...total, failed: 1, failures: [`FAILED ${folder}: an error outside any test`] }
}

async function main() {
  const serverOnly = process.argv.includes('--server')
  await installSystemPackages()
  await install({ dev: true })
  await build(['server', 'bots', 'h5', 'mp', 'console'])
  const reports = mkdtempSync(path.join(os.tmpdir(), 'nuanxin-test-'))
  const folders = serverOnly ? [root] : [root, client]
  const more = serverOnly ? ['--exclude=test/browser/**'] : []
  const totals = folders.map((folder, index) => suite(folder, path.join(reports, `${index}.json`), more))
  rmSync(reports, { recursive: true })
  // Once more at the end: a record of a long run often keeps no more than its last lines.
  for (const failure of totals.flatMap(one => one.failures)) say(failure)
  return sum(totals)
}

checkNode()
const total = await main().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  return { passed: 0, failed: 1, skipped: 0 }
})
const { line, good } = verdict(total, process.env.REQUIRE_ALL === '1')
process.exitCode = good ? 0 : 1
say(line)
