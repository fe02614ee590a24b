import { walk, isNode, parse, type SourceFile } from './tree.ts'

/** Folders of one machine. Written so that this file does not find itself. */
const machinePath = new RegExp(
  String.raw`(?<![\w.@/$}*-])/(?:${['work', 'root', 'home', 'Users', 'tmp'].join('|')})/[\w.-]+`,
)
const registryHost = /registry\.np[m]js|np[m]mirror\.|yarn[p]kg\.com|registry\.yar[n]/

/** Paths of a machine and hosts of package registries. */
export function tiedToAMachine(files: SourceFile[]): string[] {
  return files.flatMap(file =>
    file.text.split('\n').flatMap((line, index) => {
      const found = machinePath.exec(line)?.[0] ?? registryHost.exec(line)?.[0]
      return found ? [`${file.path}:${index + 1} ${found}`] : []
    }),
  )
}

/** Download addresses in a lockfile: they would send another machine to the registry of this one. */
export function downloadAddresses(lock: SourceFile): string[] {
  return lock.text
    .split('\n')
    .flatMap((line, index) =>
      /"resolved":|https?:\/\/[^"]*\.tgz/.test(line) ? [`${lock.path}:${index + 1} ${line.trim()}`] : [],
    )
}

/** Files over 400 lines whose first comment, at the top, does not explain it. */
export function longWithoutReason(files: SourceFile[], limit = 400): string[] {
  return files.flatMap(file => {
    const lines = file.text.trimEnd().split('\n').length
    if (lines <= limit) return []
    const opening = /^(#![^\n]*\n)?\s*(\/\/[^\n]*(\n\/\/[^\n]*)*|\/\*[\s\S]*?\*\/)/.exec(file.text)?.[2] ?? ''
    return /\b(long|lines|one file|table|catalog|catalogue|together)\b/i.test(opening)
      ? []
      : [`${file.path} has ${lines} lines`]
  })
}

/** Names of environment variables that a configuration file reads: the keys of its zod objects. */
export function environmentNames(files: SourceFile[]): string[] {
  const names = new Set<string>()
  for (const file of files) {
    walk(parse(file).program, node => {
      if (node.type !== 'Property' || !isNode(node.key) || node.key.type !== 'Identifier') return
      const name = String(node.key.name)
      if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name) && name.length > 3) names.add(name)
    })
  }
  return [...names].sort()
}

/** Names in back quotes in a document, `| \`name\` | …` and elsewhere. */
export function quotedNames(document: string): Set<string> {
  return new Set([...document.matchAll(/`([^`\n]+)`/g)].map(match => match[1] ?? ''))
}

export interface Sizes {
  files: number
  functions: number
  file: { median: number; p90: number; max: number }
  function: { median: number; p90: number; max: number }
  /** Functions that take more than four parameters. */
  manyParameters: string[]
}

/** Lines of files and of functions with a body. */
export function sizesOf(files: SourceFile[]): Sizes {
  const functions: number[] = []
  const manyParameters: string[] = []
  for (const file of files) {
    const lines = lineStarts(file.text)
    walk(parse(file).program, node => {
      if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return
      if (Array.isArray(node.params) && node.params.length > 4)
        manyParameters.push(`${file.path}:${lineAt(lines, node.start)}`)
      if (!isNode(node.body) || !/^(BlockStatement|FunctionBody)$/.test(node.body.type)) return
      functions.push(lineAt(lines, node.end) - lineAt(lines, node.start) + 1)
    })
  }
  const lengths = files.map(file => file.text.trimEnd().split('\n').length)
  return {
    files: lengths.length,
    functions: functions.length,
    file: spread(lengths),
    function: spread(functions),
    manyParameters,
  }
}

function lineStarts(text: string): number[] {
  return [...text.matchAll(/\n/g)].map(match => match.index)
}

function lineAt(starts: number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? Infinity) < offset) low = middle + 1
    else high = middle
  }
  return low + 1
}

function spread(values: number[]): { median: number; p90: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { median: at(0.5), p90: at(0.9), max: at(1) }
}

/** Names of packages that a file imports as values. */
export function packageImports(text: string): Set<string> {
  const statements =
    /^(?:import\s(?!type\b)(?:[^'";=()]*?\sfrom\s)?|(?:export\s(?!type\b)[^'";=()]*?\sfrom\s))['"]([^'"]+)['"]/gm
  const names = [...text.matchAll(statements)].map(match => match[1] ?? '')
  const packages = names.filter(name => /^(@[\w-]+\/[\w.-]+|[a-z][\w.-]*)/.test(name) && !name.startsWith('node:'))
  return new Set(
    packages.map(name =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  )
}
