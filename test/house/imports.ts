import path from 'node:path'
import { finding, isNode, parse, walk, type SourceFile } from './tree.ts'

/** Who may import whom (design, section 2). Everybody may import his own room. */
export const allowedImports: Record<string, readonly string[]> = {
  domain: [],
  conversation: ['domain'],
  app: ['domain', 'conversation'],
  web: ['domain', 'conversation', 'app'],
  jobs: ['domain', 'conversation', 'app'],
  channels: ['domain', 'conversation', 'app'],
  store: ['domain', 'conversation', 'app'],
  runtime: ['domain', 'conversation', 'app', 'web', 'jobs', 'channels', 'store'],
  main: ['domain', 'conversation', 'app', 'web', 'jobs', 'channels', 'store', 'runtime'],
}

/** Rooms in which nothing reaches outside the process. */
const pureRooms = ['domain', 'conversation', 'app']
const outsideModules = /^(node:)?(fs|http|https|http2|net|tls|dgram|dns|child_process|worker_threads|cluster|os)(\/|$)/

/** Packages with one home; `runtime` may build their clients too. */
const homes: Record<string, readonly string[]> = {
  pg: ['store', 'runtime'],
  koa: ['web', 'runtime'],
  '@koa/router': ['web', 'runtime'],
  bullmq: ['jobs', 'runtime'],
  ioredis: ['jobs', 'runtime'],
  saxes: ['channels', 'runtime'], // callbacks of the platform, and sheets that an office imports
  wechaty: [],
  'wechaty-puppet': [],
}

export interface Import {
  from: SourceFile
  specifier: string
  /** Path from the root for a file of ours, null for a package. */
  to: string | null
  start: number
  /** Erased by the compiler. */
  typeOnly: boolean
}

/** `src/app/x.ts` → `app`, `src/main.ts` → `main`. */
export function roomOf(file: string): string {
  return (
    file
      .replace(/^src\//, '')
      .split('/')[0]
      ?.replace(/\.ts$/, '') ?? ''
  )
}

export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  walk(parse(file).program, node => {
    if (!/^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(node.type)) return
    const source = node.source ?? node.argument
    const literal = isNode(source) && source.type === 'TSLiteralType' ? source.literal : source
    if (!isNode(literal) || typeof literal.value !== 'string') return
    const specifier = literal.value
    const to = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), specifier) : null
    const typeOnly = node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type'
    found.push({ from: file, specifier, to, start: node.start, typeOnly })
  })
  return found
}

/** Edges between rooms which the design does not allow, and rooms it does not know. */
export function wrongWay(files: SourceFile[]): string[] {
  return files.flatMap(importsOf).flatMap(edge => {
    const room = roomOf(edge.from.path)
    const allowed = allowedImports[room]
    if (!allowed) return [finding(edge.from, edge.start, `${room} is no room of the house`)]
    if (edge.to === null) return misplaced(edge, room)
    const target = edge.to.startsWith('src/') ? roomOf(edge.to) : edge.to
    if (target === room || allowed.includes(target)) return []
    return [finding(edge.from, edge.start, `${room} must not import ${target}`)]
  })
}

function misplaced(edge: Import, room: string): string[] {
  const name = edge.specifier.startsWith('@') ? edge.specifier.split('/').slice(0, 2).join('/') : edge.specifier
  const home = homes[name] ?? homes[name.split('/')[0] ?? '']
  if (home && !home.includes(room)) return [finding(edge.from, edge.start, `${room} must not import ${name}`)]
  if (pureRooms.includes(room) && outsideModules.test(edge.specifier)) {
    return [finding(edge.from, edge.start, `${room} reaches outside through ${edge.specifier}`)]
  }
  return []
}

/**
 * Groups of files that import each other in a circle, each group as its sorted names. With `types` imports that the
 * compiler erases count too.
 */
export function circles(files: SourceFile[], { types }: { types: boolean }): string[][] {
  const targets = new Map(
    files.map(file => [
      file.path,
      importsOf(file).flatMap(edge => (edge.to && (types || !edge.typeOnly) ? edge.to : [])),
    ]),
  )
  const reach = new Map([...targets.keys()].map(file => [file, reachable(file, targets)]))
  const groups = new Map<string, string[]>()
  for (const [file, others] of reach) {
    if (!others.has(file)) continue
    const group = [...others].filter(other => reach.get(other)?.has(file)).sort()
    groups.set(group.join(), group)
  }
  return [...groups.values()]
}

function reachable(from: string, targets: Map<string, string[]>): Set<string> {
  const seen = new Set<string>()
  const ahead = [...(targets.get(from) ?? [])]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    ahead.push(...(targets.get(next) ?? []))
  }
  return seen
}

/** The edges between rooms that exist, `web --> app`, without those inside a room. */
export function roomEdges(files: SourceFile[]): string[] {
  const edges = files.flatMap(importsOf).flatMap(edge => {
    if (!edge.to?.startsWith('src/')) return []
    const [from, to] = [roomOf(edge.from.path), roomOf(edge.to)]
    return from === to ? [] : [`${from} --> ${to}`]
  })
  return [...new Set(edges)].sort()
}
