import type { CompiledFlow, CompiledStep, Library, LibraryTools } from './machine.ts'
import type { RegionPack } from '../domain/regionPack.ts'
import { checkFlows } from './check/registry.ts'
import { compileFlow, type FlowSource } from './flowFile.ts'
import { compileMigration, type MigrationSource } from './flowMigration.ts'
import { compileOrders } from './officer/heardOrder.ts'
import { compilePatterns } from './patterns.ts'
import { compilePhrases } from './phrases.ts'
import { plainText } from './plainText.ts'
import { compileTexts, type LocaleSource, type Texts } from './texts.ts'
import { languages } from './types.ts'
import { compileWatch } from './watch.ts'

export type { Library, LibraryTools } from './machine.ts'
export type { FlowSource } from './flowFile.ts'
export type { LocaleSource } from './texts.ts'

/** A flow or locale that must not go into service. `findings` name file, step and rule. */
export class BrokenLibrary extends Error {
  override readonly name = 'BrokenLibrary'
}

/** Command words that work everywhere; the words themselves stand in `locales/<language>/words.yaml`. */
export const commandNames = [
  'back',
  'cancel',
  'restart',
  'help',
  'human',
  'progress',
  'resume',
  'menu',
  'tasks',
  'withdraw',
  'assist',
  'english',
  'chinese',
] as const

/** Everything a library is made of, as read from files. */
export interface LibrarySources {
  flows: FlowSource[]
  locales: LocaleSource[]
  migrations?: MigrationSource[]
}

/** Packs differ by county at the finest, so six digits tell them apart. */
const PACK_DIGITS = 6

/**
 * Compiles and checks all flows and texts.
 * @throws BrokenLibrary naming file, step and rule when anything is wrong: a broken flow never meets a person.
 */
export function compileLibrary(sources: LibrarySources, tools: LibraryTools): Library {
  const library = assembleLibrary(sources, tools)
  const errors = checkFlows(library, compileRevisions(sources.flows)).filter(({ level }) => level === 'error')
  if (errors.length > 0) {
    throw new BrokenLibrary(
      errors
        .map(({ file, step, rule, message }) => `${file}${step ? ` ${step}` : ''} [${rule}]: ${message}`)
        .join('\n'),
    )
  }
  return library
}

/** Compiles without checking: for the checker itself and its samples. @throws BrokenLibrary when nothing can be made of a file. */
export function assembleLibrary(sources: LibrarySources, tools: LibraryTools): Library {
  const texts = compileTexts(sources.locales)
  const revisions = compileRevisions(sources.flows)
  const flows = newestOf(revisions)
  const meaningOf = rememberMeaning(vocabularyOf(texts, flows))
  const byName = new Map(flows.map(flow => [flow.name, flow]))
  const byRevision = revisionIndex(revisions)
  const migrations = (sources.migrations ?? []).map(compileMigration)
  const byOrigin = new Map(migrations.map(migration => [`${migration.flow}@${migration.from}`, migration]))
  return {
    ...tools,
    packFor: rememberPacks(tools.packFor),
    texts,
    flows,
    flow: (name, revision) => {
      const newest = byName.get(name)
      if (revision === null || revision === newest?.revision) return newest ?? null
      return byRevision.get(name)?.find(flow => flow.revision === revision) ?? null
    },
    flowByKeyword: plain => meaningOf(plain)?.flow ?? null,
    flowByIntent: intent => flows.find(flow => flow.intent === intent) ?? null,
    plain: rememberPlain(),
    isWord: (key, plain) => meaningOf(plain)?.lists.has(key) ?? false,
    commandWord: plain => meaningOf(plain)?.command ?? null,
    isPhrase: compilePhrases(texts),
    patternsFor: compilePatterns(texts),
    hearOrder: compileOrders(texts),
    watch: compileWatch(texts, ownWords(texts, revisions)),
    migration: (name, revision) => byOrigin.get(`${name}@${revision}`) ?? null,
    migrations,
    text: (language, key, values = {}) => texts.format(language, key, name => values[name] ?? null),
  }
}

/** Every revision of every flow, unchecked. @throws BrokenLibrary naming the file. */
export function compileRevisions(sources: FlowSource[]): CompiledFlow[] {
  return sources.map(source => {
    try {
      return compileFlow(source)
    } catch (error) {
      throw new BrokenLibrary(`${source.file}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    }
  })
}

/** The revision of each flow with which sessions begin, in the order of the menu. */
export function newestOf(revisions: CompiledFlow[]): CompiledFlow[] {
  const newest = new Map<string, CompiledFlow>()
  for (const flow of revisions) {
    if ((newest.get(flow.name)?.revision ?? 0) < flow.revision) newest.set(flow.name, flow)
  }
  const order = (flow: CompiledFlow) => flow.menu ?? Number.MAX_SAFE_INTEGER
  return [...newest.values()].toSorted((a, b) => order(a) - order(b))
}

/** Every revision of a flow by its name: a turn asks for it several times. */
function revisionIndex(revisions: CompiledFlow[]): Map<string, CompiledFlow[]> {
  const index = new Map<string, CompiledFlow[]>()
  for (const flow of revisions) index.set(flow.name, [...(index.get(flow.name) ?? []), flow])
  return index
}

/** What a normalised word of ours stands for. */
interface Meaning {
  /** Keys of the lists in which it stands, in any language. */
  lists: Set<string>
  command: string | null
  /** The matter that it begins. */
  flow: CompiledFlow | null
}

function vocabularyOf(texts: Texts, flows: CompiledFlow[]): Map<string, Meaning> {
  const vocabulary = new Map<string, Meaning>()
  const meaning = (plain: string): Meaning => {
    const known = vocabulary.get(plain) ?? { lists: new Set(), command: null, flow: null }
    vocabulary.set(plain, known)
    return known
  }
  for (const key of texts.wordLists()) for (const word of texts.words(key)) meaning(plainText(word)).lists.add(key)
  for (const name of commandNames)
    for (const word of texts.words(`words.${name}`)) meaning(plainText(word)).command = name
  for (const flow of flows) for (const word of flow.keywords) meaning(word).flow = flow
  return vocabulary
}

/** One turn asks a dozen times what one text stands for, and most stand for nothing: looked up once. */
function rememberMeaning(vocabulary: ReadonlyMap<string, Meaning>): (plain: string) => Meaning | undefined {
  let last = { plain: '', meaning: vocabulary.get('') }
  return plain => {
    if (plain !== last.plain) last = { plain, meaning: vocabulary.get(plain) }
    return last.meaning
  }
}

/** What people press and are told to type: words of lists, keywords, titles, labels of the ways out of a step. */
function ownWords(texts: Texts, flows: CompiledFlow[]): Set<string> {
  const lists = texts.wordLists().flatMap(key => texts.words(key))
  const labels = flows.flatMap(({ name, steps }) => [`${name}.title`, ...steps.flatMap(step => labelsOf(step))])
  const shown = languages.flatMap(language => labels.map(key => texts.source(language, key) ?? ''))
  return new Set([...lists, ...flows.flatMap(({ keywords }) => keywords), ...shown])
}

function labelsOf({ exits }: CompiledStep): string[] {
  return exits.flatMap(({ label }) => label ?? [])
}

/** One turn compares one text with many lists: its one spelling is made once. */
function rememberPlain(): (text: string) => string {
  let last = { text: '', plain: '' }
  return text => {
    if (text !== last.text) last = { text, plain: plainText(text) }
    return last.plain
  }
}

function rememberPacks(packFor: LibraryTools['packFor']): LibraryTools['packFor'] {
  const packs = new Map<string, RegionPack>()
  return code => {
    const key = code?.slice(0, PACK_DIGITS) ?? ''
    const known = packs.get(key)
    if (known) return known
    const pack = packFor(code)
    packs.set(key, pack)
    return pack
  }
}
