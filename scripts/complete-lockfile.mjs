// Completes package-lock.json after `npm install` on a machine whose registry mirror lacks packages of foreign
// platforms: npm then leaves them out of the lockfile without a word, and `npm ci` refuses that lockfile everywhere.
// The version stands in the parent (always exact for platform packages); os and cpu stand in the name.
// Usage: node scripts/complete-lockfile.mjs [folder]      Prints what it added. Changes nothing when nothing is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'armv7', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

/** What the name of a platform package says about where it may be installed. */
export function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = systems.filter(system => words.includes(system))
  const cpu = processors.filter(processor => words.includes(processor))
  const libc =
    words.includes('musl') || words.includes('musleabihf') ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) }
}

/** True when a package in folder `from` of the lockfile finds `name` by Node's rule. */
function found(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (!at || !at.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined
  }
}

/** The optional packages that a lockfile names without holding them: `[name, version, dev]`. */
export function missingOptional(lock) {
  const missing = new Map()
  for (const [from, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (found(lock.packages, from, name)) continue
      const dev = entry.dev === true && (missing.get(name)?.dev ?? true)
      missing.set(name, { name, version, dev })
    }
  }
  return [...missing.values()]
}

function complete(folder) {
  const file = path.join(folder, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingOptional(lock)
  for (const { name, version, dev } of missing) {
    if (!/^\d/.test(version)) throw new Error(`${name}: the parent names no exact version (${version})`)
    lock.packages[`node_modules/${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) }
    process.stdout.write(`added ${name} ${version}\n`)
  }
  if (missing.length === 0) return
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries(sorted)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) complete(process.argv[2] ?? '.')
