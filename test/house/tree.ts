import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'rolldown/utils'

export const root = path.resolve(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  path: string
  text: string
}

/** A node of the syntax tree (ESTree with TypeScript), as plain data. */
export interface Node {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

export interface Comment {
  type: 'Line' | 'Block'
  value: string
  start: number
  end: number
}

/** Every file that git would commit, also before it was added. */
export function repositoryFiles(under: string[] = []): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...under], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.split('\n').filter(file => file !== '' && existsSync(path.join(root, file)))
  return [...new Set(files)].sort()
}

export function readSource(file: string): SourceFile {
  return { path: file, text: readFileSync(path.join(root, file), 'utf8') }
}

/** The TypeScript of the service without its tests. */
export function productionFiles(): SourceFile[] {
  return repositoryFiles(['src']).filter(isProduction).map(readSource)
}

export function isProduction(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.test.ts') && !/\/(testdata|testing|fakes)\//.test(file)
}

const parsed = new WeakMap<SourceFile, { program: Node; comments: Comment[] }>()

export function parse(file: SourceFile): { program: Node; comments: Comment[] } {
  const known = parsed.get(file)
  if (known) return known
  const { program, comments, errors } = parseSync(file.path, file.text)
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0]?.message}`)
  const tree = { program: program as unknown as Node, comments: comments as Comment[] }
  parsed.set(file, tree)
  return tree
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** Visits every node, parents first. */
export function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  visit(node, parent)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node)
  }
}

export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length
}

/** `path:line what`, the form of every finding. */
export function finding(file: SourceFile, offset: number, what: string): string {
  return `${file.path}:${lineOf(file, offset)} ${what}`
}

export function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name
}

/** Texts in quotes and the fixed parts of templates, without import paths. */
export function* literals(file: SourceFile): Generator<{ text: string; start: number }> {
  const found: { text: string; start: number }[] = []
  walk(parse(file).program, (node, parent) => {
    if (parent && /^(Import|Export\w*)Declaration$/.test(parent.type)) return
    if (node.type === 'Literal' && typeof node.value === 'string') found.push({ text: node.value, start: node.start })
    if (node.type === 'TemplateLiteral') found.push({ text: templateText(node, ' ? '), start: node.start })
  })
  yield* found
}

/** The fixed parts of a template, with `hole` for each expression. */
export function templateText(node: Node, hole: string): string {
  const quasis = Array.isArray(node.quasis) ? node.quasis : []
  return quasis
    .map(quasi => {
      const value: unknown = isNode(quasi) ? quasi.value : null
      return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : ''
    })
    .join(hole)
}
