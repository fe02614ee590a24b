import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprint, root } from '../../scripts/setup.mjs'

/*
 * Most services of the tests begin with the demo, and making it takes longer than many a test. It is made once, by the
 * built service itself, and copied. restart.test.ts begins with an empty folder, as a new user does.
 */

/** The demo is dated back from its start, so a copy may not be much older. Ends at every midnight of Shanghai. */
const LASTS_MS = 2 * 3_600_000

const here = path.dirname(fileURLToPath(import.meta.url))
const kept = path.join(root, 'test-output/demo-data')
const maker = path.join(here, 'makeDemoData.mjs')
/** What the demo is made of and by. */
const sources = [
  ...['dist', 'src/store/migrations', 'flows', 'locales', 'regions', 'package-lock.json'].map(at =>
    path.join(root, at),
  ),
  maker,
]

/** Fills a folder that has no database yet with the demo of a first start. */
export async function layDemo(dataDir: string, password: string): Promise<void> {
  const made = await demoData(password)
  if (process.platform === 'win32') return cp(made, dataDir, { recursive: true })
  // Not by Node: the files of the database belong to whom the service gave them, and shall go on to.
  await run('cp', ['-a', `${made}/.`, dataDir])
}

/** The folder with the data; whoever finds none makes them. Of two who do so at once one throws his away. */
async function demoData(password: string): Promise<string> {
  const folder = path.join(kept, `${fingerprint(sources).slice(0, 16)}-${Math.floor(Date.now() / LASTS_MS)}`)
  if (existsSync(folder)) return folder
  mkdirSync(kept, { recursive: true })
  removeOld()
  const making = mkdtempSync(path.join(kept, 'making-'))
  await run(process.execPath, [maker, making, password])
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** Long enough ago that nobody copies from them any more. */
function removeOld(): void {
  for (const name of readdirSync(kept)) {
    const folder = path.join(kept, name)
    const written = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - written > 2 * LASTS_MS) rmSync(folder, { recursive: true, force: true })
  }
}

async function run(program: string, args: string[]): Promise<void> {
  const { PATH, HOME } = process.env
  const child = spawn(program, args, { env: { PATH, HOME, TZ: 'UTC' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', chunk => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${said}`)
}
