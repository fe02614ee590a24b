/** The offline gate of a built mini-program: what WeChat's own compilers and limits would refuse, found without WeChat. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, posix, relative } from 'node:path'
import { Script } from 'node:vm'
import { readApp, readJson, usedComponents, type AppJson } from './appJson.ts'

/** Limit of the platform for the main package and for each subpackage. */
const PACKAGE_LIMIT_BYTES = 2 * 1024 * 1024

export interface Finding {
  file: string
  problem: string
}

export interface Report {
  findings: Finding[]
  pages: number
  files: number
  /** Bytes per package; the main package is `main`. */
  sizes: Record<string, number>
}

interface Build {
  root: string
  files: string[]
  app: AppJson
}

function filesOf(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
}

const read = ({ root }: Build, file: string) => readFileSync(join(root, file), 'utf8')

/** Every page and every component that it uses, however deep, has its three files. */
function missingParts(build: Build): Finding[] {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const visit = (part: string, from: string): void => {
    if (seen.has(part)) return
    seen.add(part)
    for (const ending of ['.json', '.js', '.wxml'])
      if (!build.files.includes(part + ending)) findings.push({ file: from, problem: `${part}${ending} is missing` })
    if (!build.files.includes(`${part}.json`)) return
    for (const used of usedComponents(readJson(join(build.root, `${part}.json`))))
      visit(used.startsWith('/') ? used.slice(1) : posix.join(posix.dirname(part), used), part)
  }
  build.app.pages.forEach(page => visit(page, 'app.json'))
  return findings
}

/** `wcc` compiles the pages, `wcsc` the styles: the programs of the developer tools, as an npm package. */
function compilerErrors({ root, files }: Build): Finding[] {
  const require = createRequire(import.meta.url)
  const programs = join(dirname(require.resolve('miniprogram-compiler/package.json')), 'bin', 'linux')
  const out = mkdtempSync(join(tmpdir(), 'nuanxin-gate-'))
  const compile = (program: string, options: string[], ending: RegExp): Finding[] => {
    chmodSync(join(programs, program), 0o755)
    const sources = files.filter(file => ending.test(file))
    const { status, stderr, stdout } = spawnSync(join(programs, program), [...options, ...sources], {
      cwd: root,
      encoding: 'utf8',
    })
    return status === 0 ? [] : [{ file: program, problem: `${stderr || stdout}`.trim().slice(0, 400) }]
  }
  const findings = [
    ...compile('wcc', ['-d', '-o', join(out, 'pages.js')], /\.(wxml|wxs)$/),
    ...compile('wcsc', ['-lc', '-js', '-o', join(out, 'styles.js')], /\.wxss$/),
  ]
  rmSync(out, { recursive: true })
  return findings
}

function scriptErrors(build: Build): Finding[] {
  return build.files
    .filter(file => file.endsWith('.js'))
    .flatMap(file => {
      const source = read(build, file)
      return [...syntaxError(file, source), ...lostRequires(build, file, source)]
    })
}

function syntaxError(file: string, source: string): Finding[] {
  try {
    new Script(`(function(){${source}\n})`, { filename: file })
    return []
  } catch (cause) {
    return [{ file, problem: String(cause) }]
  }
}

function lostRequires({ files }: Build, file: string, source: string): Finding[] {
  return [...source.matchAll(/require\(["']([^"']+)["']\)/g)].flatMap(([, path = '']) => {
    const target = posix.join(posix.dirname(file), path)
    const found = ['', '.js', '/index.js'].some(ending => files.includes(target + ending))
    return found ? [] : [{ file, problem: `require ${path} leads nowhere` }]
  })
}

/** Names in the code that are never fetched: vocabulary of XML and of error texts. */
const NOT_FETCHED = /^https?:\/\/(www\.w3\.org|vuejs\.org|127\.0\.0\.1[:/])/

/** Only our own service may be called; `service` is the address it was built for, if any. */
function outsideAddresses(build: Build, service: string): Finding[] {
  return build.files
    .filter(file => /\.(wxss|wxml|js|json|wxs)$/.test(file))
    .flatMap(file => (read(build, file).match(/https?:\/\/[\w.-]+[^\s"'`)]*/g) ?? []).map(url => ({ file, url })))
    .filter(({ url }) => !NOT_FETCHED.test(url) && !(service !== '' && url.startsWith(service)))
    .map(({ file, url }) => ({ file, problem: `outside address ${url}` }))
}

/** Calls that WeChat refuses since 14 July 2022 unless `requiredPrivateInfos` names them. */
const OF_PLACES =
  /\.(getFuzzyLocation|getLocation|onLocationChange|startLocationUpdate|startLocationUpdateBackground|chooseLocation|choosePoi|chooseAddress)\(/g

function undeclaredCalls(build: Build): Finding[] {
  return build.files
    .filter(file => file.endsWith('.js'))
    .flatMap(file => [...read(build, file).matchAll(OF_PLACES)].map(([, name = '']) => ({ file, name })))
    .filter(({ name }) => !build.app.requiredPrivateInfos.includes(name))
    .map(({ file, name }) => ({ file, problem: `${name} is not in requiredPrivateInfos` }))
}

function packageSizes({ root, files, app }: Build): Record<string, number> {
  const sizes: Record<string, number> = { main: 0 }
  for (const file of files) {
    const name = app.subPackages.find(folder => file.startsWith(`${folder}/`)) ?? 'main'
    sizes[name] = (sizes[name] ?? 0) + statSync(join(root, file)).size
  }
  return sizes
}

export function checkBuild(root: string, service: string): Report {
  const build: Build = { root, files: filesOf(root), app: readApp(root) }
  const sizes = packageSizes(build)
  const tooBig = Object.entries(sizes).filter(([, bytes]) => bytes > PACKAGE_LIMIT_BYTES)
  const findings = [
    ...missingParts(build),
    ...compilerErrors(build),
    ...scriptErrors(build),
    ...outsideAddresses(build, service),
    ...undeclaredCalls(build),
    ...tooBig.map(([name, bytes]) => ({ file: name, problem: `${bytes} bytes, more than 2 MiB` })),
  ]
  return { findings, pages: build.app.pages.length, files: build.files.length, sizes }
}
