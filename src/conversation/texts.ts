import { IntlMessageFormat } from 'intl-messageformat'
import { asName } from './asName.ts'
import { plainText } from './plainText.ts'
import type { Json, Language } from './types.ts'

/** One file of `locales/<language>/`, as read: its name is the first part of every key in it. */
export interface LocaleSource {
  language: Language
  namespace: string
  /** For messages about broken files. */
  file: string
  content: unknown
}

/** Answers the value of a name in a message; asked only for names the message uses. */
export type TextValues = (name: string) => Json

/** All sentences, compiled once. */
export interface Texts {
  /** Whether this very language has the key. */
  has(language: Language, key: string): boolean
  /** The sentence; in zh-CN when the language lacks it, the bare key when nobody has it. Never throws. */
  format(language: Language, key: string, values?: TextValues): string
  /** The normalised sentence, for comparing what people type with a label; null for sentences with arguments. */
  plain(language: Language, key: string): string | null
  /** The uncompiled sentence in this very language, for checks. */
  source(language: Language, key: string): string | null
  /** Word list of a key over all languages. */
  words(key: string): string[]
  keys(language: Language): string[]
  /** Keys of all word lists. */
  wordLists(): string[]
}

type Message = (values: TextValues) => string

interface Catalog {
  messages: Map<string, Message>
  sources: Map<string, string>
  words: Map<string, string[]>
  plain: Map<string, string>
}

/** @throws Error naming file and key when a message is not well formed. */
export function compileTexts(sources: LocaleSource[]): Texts {
  const catalogs: Record<Language, Catalog> = {
    'zh-CN': readCatalog('zh-CN', sources),
    en: readCatalog('en', sources),
  }
  const chinese = catalogs['zh-CN']
  const words = new Map<string, string[]>()
  for (const { words: lists } of Object.values(catalogs)) {
    for (const [key, list] of lists) words.set(key, [...(words.get(key) ?? []), ...list])
  }
  const nothing: TextValues = () => null
  return {
    has: (language, key) => catalogs[language].messages.has(key),
    format: (language, key, values = nothing) => {
      const message = catalogs[language].messages.get(key) ?? chinese.messages.get(key)
      return message ? message(values) : key
    },
    plain: (language, key) => catalogs[language].plain.get(key) ?? null,
    source: (language, key) => catalogs[language].sources.get(key) ?? null,
    words: key => words.get(key) ?? [],
    wordLists: () => [...words.keys()],
    keys: language => [...catalogs[language].sources.keys()],
  }
}

function readCatalog(language: Language, sources: LocaleSource[]): Catalog {
  const catalog: Catalog = { messages: new Map(), sources: new Map(), words: new Map(), plain: new Map() }
  for (const source of sources) {
    if (source.language === language) readNode(catalog, source, source.namespace, source.content)
  }
  return catalog
}

function readNode(catalog: Catalog, source: LocaleSource, key: string, node: unknown): void {
  if (typeof node === 'string') return addMessage(catalog, source, key, node)
  if (Array.isArray(node)) {
    catalog.words.set(key, node.map(String))
    return
  }
  if (typeof node !== 'object' || node === null) {
    throw new Error(`${source.file}: ${key} is neither a sentence nor a list of words`)
  }
  for (const [name, child] of Object.entries(node)) readNode(catalog, source, asName(`${key}.${name}`), child)
}

function addMessage(catalog: Catalog, source: LocaleSource, key: string, text: string): void {
  if (catalog.sources.has(key)) throw new Error(`${source.file}: ${key} is written twice`)
  catalog.sources.set(key, text)
  if (!text.includes('{')) catalog.plain.set(key, plainText(text))
  catalog.messages.set(key, compileMessage(source, key, text.trim()))
}

function compileMessage(source: LocaleSource, key: string, text: string): Message {
  // Most sentences have no argument; they cost nothing in a turn.
  if (!/[{}'<]/.test(text)) return () => text
  try {
    const message = new IntlMessageFormat(text, source.language, undefined, { ignoreTag: true })
    const elements = message.getAst()
    // Nearly all others only fill in and choose; the formatter of the library is for plurals, and costs ten times as much.
    if (isPlain(elements)) return values => fillIn(elements, values)
    const names = [...argumentNames(elements)]
    return values => String(message.format(Object.fromEntries(names.map(name => [name, plain(values(name))]))))
  } catch (error) {
    throw new Error(`${source.file}: ${key} is not a well formed message`, { cause: error })
  }
}

type Elements = ReturnType<IntlMessageFormat['getAst']>

/** Numbers of the parser's element types; its enum is not exported by the package we depend on. */
const LITERAL = 0
const ARGUMENT = 1
const SELECT = 5

function isPlain(elements: Elements): boolean {
  return elements.every(element => {
    const type: number = element.type
    if (type === LITERAL || type === ARGUMENT) return true
    return (
      type === SELECT && 'options' in element && Object.values(element.options).every(({ value }) => isPlain(value))
    )
  })
}

/** What the library's own formatter makes of plain elements, by the same rules: nothing becomes the empty text. */
function fillIn(elements: Elements, values: TextValues): string {
  let filled = ''
  for (const element of elements) {
    if ('options' in element) {
      const said = String(plain(values(element.value)))
      // Not what every object has by nature: somebody may be called valueOf.
      const chosen = Object.hasOwn(element.options, said) ? element.options[said] : element.options['other']
      if (chosen) filled += fillIn(chosen.value, values)
    } else if ('value' in element) filled += isLiteral(element) ? element.value : shown(values(element.value))
  }
  return filled
}

function isLiteral(element: Elements[number]): boolean {
  const type: number = element.type
  return type === LITERAL
}

function shown(value: Json): string {
  const given = plain(value)
  return given === null || given === false ? '' : String(given)
}

// Plain text and # name nothing; everything else names an argument.
function* argumentNames(elements: Elements): Generator<string> {
  for (const element of elements) {
    if ('value' in element && !isLiteral(element)) yield element.value
    if ('options' in element) for (const option of Object.values(element.options)) yield* argumentNames(option.value)
  }
}

function plain(value: Json): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
