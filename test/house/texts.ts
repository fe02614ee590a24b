import path from 'node:path'
import { parse as parseYaml } from 'yaml'
import { literals, parse, templateText, walk, type SourceFile } from './tree.ts'

/**
 * Keys that are put together from parts which no source spells out, with who checks them instead. Everything else must
 * be found as it stands, or as a template with a fixed beginning (`app.field.${key}`).
 */
export const dynamicPrefixes: Record<string, string> = {}

/** `zh-CN` → every key: the name of the file first, as the loader has it. */
export function localeKeys(files: SourceFile[]): Map<string, Set<string>> {
  const languages = new Map<string, Set<string>>()
  for (const file of files) {
    const [, language = '', name = ''] = file.path.split('/')
    const keys = languages.get(language) ?? new Set<string>()
    languages.set(language, keys)
    const namespace = path.basename(name, '.yaml')
    collect(unwrapped(parseYaml(file.text), namespace), namespace, keys)
  }
  return languages
}

/** A file may name its namespace itself, as its only root. */
function unwrapped(content: unknown, namespace: string): unknown {
  const roots = typeof content === 'object' && content !== null ? Object.entries(content) : []
  return roots.length === 1 && roots[0]?.[0] === namespace ? roots[0][1] : content
}

/** Lists are words to be recognised; each language has its own, so they are no keys. */
function collect(value: unknown, key: string, keys: Set<string>): void {
  if (Array.isArray(value)) return
  if (typeof value !== 'object' || value === null) {
    keys.add(key)
    return
  }
  for (const [name, child] of Object.entries(value)) collect(child, `${key}.${name}`, keys)
}

/** Keys that one language has and another lacks. */
export function onlyInOne(languages: Map<string, Set<string>>): string[] {
  return [...languages].flatMap(([language, keys]) =>
    [...languages]
      .filter(([other]) => other !== language)
      .flatMap(([other, theirs]) =>
        [...keys].filter(key => !theirs.has(key)).map(key => `${key} is missing in ${other}`),
      ),
  )
}

export interface KeyUse {
  /** A whole key, or a pattern from a template. */
  pattern: RegExp
  text: string
  where: string
  whole: boolean
}

/** Every mention of a key in the sources (or in the scalars of YAML), judged by its first part. */
export function keyUses(files: SourceFile[], namespaces: Set<string>): KeyUse[] {
  return files.flatMap(file => texts(file).flatMap(text => useOf(text, file.path, namespaces)))
}

function useOf(text: string, where: string, namespaces: Set<string>): KeyUse[] {
  const namespace = /^([A-Za-z][\w-]*)\.[\w.\u0000-]+$/.exec(text)?.[1]
  if (!namespace || !namespaces.has(namespace) || /\.(yaml|ts|json|pdf|png|svg)$/.test(text)) return []
  const parts = text.split('\u0000').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  // A text that ends with a dot is the beginning of keys.
  const end = text.endsWith('.') ? '' : '$'
  return [{ pattern: new RegExp(`^${parts.join('[\\w.-]+')}${end}`), text, where, whole: parts.length === 1 }]
}

function texts(file: SourceFile): string[] {
  if (file.path.endsWith('.yaml')) return scalars(parseYaml(file.text))
  const found: string[] = [...literals(file)].map(literal => literal.text)
  walk(parse(file).program, node => {
    if (node.type === 'TemplateLiteral') found.push(templateText(node, '\u0000'))
  })
  return found
}

function scalars(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : []
}

/** Uses that no language answers. */
export function unknownKeys(uses: KeyUse[], known: Set<string>): string[] {
  const keys = [...known]
  const answered = (use: KeyUse) =>
    use.whole ? known.has(use.text) || isGroup(use.text, keys) : keys.some(key => use.pattern.test(key))
  return uses.filter(use => !answered(use)).map(use => `${use.where}: ${use.text.replaceAll('\u0000', '*')}`)
}

/** A name of a group of keys, handed on to be completed. */
function isGroup(text: string, keys: string[]): boolean {
  return keys.some(key => key.startsWith(`${text}.`))
}

/** Keys that nobody mentions. `covered` says which are checked elsewhere. */
export function unusedKeys(uses: KeyUse[], known: Set<string>, covered: (key: string) => boolean): string[] {
  const mentioned = (key: string) =>
    uses.some(use => use.pattern.test(key) || (use.whole && key.startsWith(`${use.text}.`)))
  return [...known].filter(key => !covered(key) && !mentioned(key))
}
