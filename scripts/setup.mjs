// What start and test share: is the Node new enough, is everything installed, is everything built. Plain Node without
// dependencies, because it runs before anything is installed. Every check is a few stats, so that a second start is fast.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
export const client = path.join(root, 'miniprogram')
export const supervisors = path.join(root, 'console')

/** `engines` of package.json. */
const NEEDED_NODE = [20, 19]

export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** One line on stderr and the end of the process. */
export function giveUp(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])
}

export function checkNode() {
  if (isNewEnough(process.version)) return
  giveUp(
    `需要 Node ${NEEDED_NODE.join('.')} 或更高版本，现在是 ${process.version} / Node ${NEEDED_NODE.join('.')} or newer is needed`,
  )
}

/** Runs a program; its output is shown only when it fails, unless `loud`. Rejects on any other end than 0. */
export function run(command, args, { cwd = root, env = {}, loud = false } = {}) {
  return new Promise((resolve, reject) => {
    const started = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: loud ? 'inherit' : 'pipe' })
    let output = ''
    started.stdout?.on('data', part => (output += part))
    started.stderr?.on('data', part => (output += part))
    started.on('error', reject)
    started.on('close', (code, signal) => {
      if (code === 0) return resolve(output)
      reject(
        new Error(
          `${command} ${args.join(' ')} (${path.relative(root, cwd) || '.'}): ${signal ?? `exit ${code}`}\n${output.slice(-4000)}`,
        ),
      )
    })
  })
}

/** npm by the way it was called, so that the same npm answers, on Windows too. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath
  return cli?.endsWith('.js') ? run(process.execPath, [cli, ...args], { cwd }) : run('npm', args, { cwd })
}

/**
 * Whether node_modules holds what the lockfile names: npm keeps a list of what it installed beside the packages.
 * Optional packages are not asked for, they differ from platform to platform.
 */
export function isInstalled(lock, installed, dev) {
  return Object.entries(lock.packages).every(([folder, entry]) => {
    if (folder === '' || entry.optional || entry.devOptional || entry.link || (entry.dev && !dev)) return true
    return installed.packages[folder]?.version === entry.version
  })
}

function needsInstall(folder, dev) {
  const list = path.join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return true
  const read = file => JSON.parse(readFileSync(file, 'utf8'))
  return !isInstalled(read(path.join(folder, 'package-lock.json')), read(list), dev)
}

/** Installs what is missing in all packages, side by side. Install scripts of packages are not needed and not run. */
export async function install({ dev }) {
  const folders = [root, client, supervisors].filter(folder => existsSync(path.join(folder, 'package-lock.json')))
  const missing = folders.filter(folder => needsInstall(folder, dev))
  if (missing.length === 0) return
  say('正在安装依赖包，第一次需要一两分钟…… / installing packages')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...(dev ? [] : ['--omit=dev'])]
  await Promise.all(missing.map(folder => npm(args, folder)))
}

/** What is built from what. `inputs` are files and folders; when one of them changed since the last build, it runs again. */
export const builds = {
  server: {
    name: '服务端 / server',
    output: path.join(root, 'dist'),
    keep: ['bots', 'bench'],
    inputs: ['src', 'tsconfig.json', 'package-lock.json'],
    // Types are checked by the tests, not on a machine that wants to start.
    make: () => run(process.execPath, [tsc, '-p', 'tsconfig.json', '--noCheck']),
  },
  bots: {
    name: '机器人 / bots',
    output: path.join(root, 'dist', 'bots'),
    keep: [],
    inputs: ['bots', 'tsconfig.json', 'package-lock.json'],
    make: () => run(process.execPath, [tsc, '-p', 'bots/tsconfig.json', '--noCheck']),
  },
  bench: {
    name: '测量 / bench',
    output: path.join(root, 'dist', 'bench'),
    keep: [],
    inputs: ['bench', 'src', 'test/mock-wechat', 'tsconfig.json', 'package-lock.json'],
    make: () => run(process.execPath, [tsc, '-p', 'bench/tsconfig.json', '--noCheck']),
  },
  h5: clientBuild('网页 / pages', 'build:h5', 'h5'),
  mp: clientBuild('小程序 / mini-program', 'build:mp', 'mp-weixin'),
  console: {
    name: '指标页面 / supervisors’ pages',
    output: path.join(supervisors, 'dist'),
    keep: [],
    inputs: ['src', 'index.html', 'vite.config.ts', 'package.json', 'package-lock.json'].map(part => `console/${part}`),
    make: () => npm(['run', '-s', 'build'], supervisors),
  },
}

const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')

function clientBuild(name, script, folder) {
  return {
    name,
    output: path.join(client, 'dist', 'build', folder),
    keep: [],
    inputs: [
      ...['src', 'index.html', 'vite.config.ts', 'firstScreen.ts', 'offlineWorker.ts'],
      ...['package.json', 'package-lock.json'],
    ].map(part => `miniprogram/${part}`),
    make: () => npm(['run', '-s', script], client),
  }
}

/** Builds what is out of date, one after another: each of them uses all processors. */
export async function build(names) {
  for (const name of names) {
    const { output, inputs, keep, make, name: title } = builds[name]
    const stamp = path.join(output, `.built-${name}`)
    const now = fingerprint(inputs.map(input => path.join(root, input)))
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    say(`正在构建：${title}`)
    empty(output, keep)
    await make()
    mkdirSync(output, { recursive: true })
    writeFileSync(stamp, now)
  }
}

/** Files of sources that are gone must not stay in the output. */
function empty(folder, keep) {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder)) {
    if (!keep.includes(entry)) rmSync(path.join(folder, entry), { recursive: true })
  }
}

/** Changes when a file below these paths comes, goes or is written. Tests do not count. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  const visit = file => {
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found) return
    if (!found.isDirectory()) return void hash.update(`${path.relative(root, file)} ${found.size} ${found.mtimeMs}\n`)
    for (const entry of readdirSync(file).sort()) {
      if (!/^(node_modules|testdata)$|\.test\.ts$/.test(entry)) visit(path.join(file, entry))
    }
  }
  paths.forEach(visit)
  return hash.digest('hex')
}
