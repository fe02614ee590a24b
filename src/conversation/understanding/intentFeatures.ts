import { soundsOf, spelledSyllables } from './syllables.ts'
import { standardWording } from './wording.ts'

/** Longest text that is looked at; a request stands at the beginning. */
const LONGEST = 120
/** Groups of words which mean the same to the question at hand, by name. */
export type Cues = readonly (readonly [name: string, words: RegExp])[]

export function cuesOf(source: Readonly<Record<string, string>>): Cues {
  return Object.entries(source).map(([name, words]) => [name, new RegExp(words, 'u')] as const)
}

const NOT_SAID = /[\s\p{P}\p{S}\p{Cf}]/gu

/**
 * What a text is recognised by, each once, the same for learning and hearing: pieces of one to three characters, pairs and
 * threes of sounds (生鱼登记 sounds like 生育登记, and `shengyu dengji` is nothing but sounds), word groups and pairs of these.
 */
export function featuresOf(text: string, cues: Cues): string[] {
  const spelled = spelledSyllables(text.slice(0, LONGEST))
  const found = new Set<string>()
  if (spelled) {
    addSounds(found, spelled)
    if (spelled.length > 1) return [...found]
  }
  const said = standardWording(text.slice(0, LONGEST))
  const plain = said.replace(/\d{7,}[x叉]?/gu, '#').replace(NOT_SAID, character => (character === '#' ? '#' : ''))
  addPieces(found, plain)
  if (!spelled) addSounds(found, soundsOf(plain))
  addWords(found, said)
  addCues(found, cues, said.includes(' ') && !/\p{Script=Han}/u.test(said) ? said : plain)
  return [...found]
}

function addPieces(found: Set<string>, plain: string): void {
  const marked = ['^', ...Array.from(plain), '$']
  for (let i = 0; i < marked.length; i++) {
    const one = marked[i] ?? ''
    const two = one + (marked[i + 1] ?? '')
    if (i > 0 && i < marked.length - 1) found.add(one)
    if (i + 1 < marked.length) found.add(two)
    if (i + 2 < marked.length) found.add(two + (marked[i + 2] ?? ''))
  }
}

/** Words of languages that leave spaces between them. */
function addWords(found: Set<string>, said: string): void {
  for (const word of said.match(/[a-z]{2,}/gu) ?? []) found.add(`"${word}`)
}

function addSounds(found: Set<string>, sounds: readonly string[]): void {
  for (let i = 0; i < sounds.length; i++) {
    const two = `~${sounds[i] ?? ''} ${sounds[i + 1] ?? '$'}`
    found.add(two)
    if (i + 2 < sounds.length) found.add(`${two} ${sounds[i + 2] ?? ''}`)
  }
}

function addCues(found: Set<string>, cues: Cues, plain: string): void {
  const heard = cues.filter(([, words]) => words.test(plain)).map(([name]) => name)
  for (const [i, name] of heard.entries()) {
    found.add(`=${name}`)
    for (const other of heard.slice(i + 1)) found.add(`=${name}+${other}`)
  }
  if (heard.length === 0) found.add('=none')
}
