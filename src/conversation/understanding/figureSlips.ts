import { plainDigits } from '../../domain/digits.ts'
import { inSpelling, soundsIn, type Spelling } from './syllables.ts'

/** How figures are said one by one; 叉 is the X of an identity number. */
const SOUNDS: Readonly<Record<string, string>> = {
  ling: '0',
  dong: '0',
  yao: '1',
  yi: '1',
  er: '2',
  liang: '2',
  san: '3',
  si: '4',
  wu: '5',
  liu: '6',
  qi: '7',
  guai: '7',
  ba: '8',
  jiu: '9',
  gou: '9',
  cha: '叉',
}
/** Figures by their sounds, first as they are, then as the south hears them. */
const HEARD_AS: readonly { spelling: Spelling; figures: ReadonlyMap<string, string> }[] = (
  ['exact', 'loose'] as const
).map(spelling => ({
  spelling,
  figures: new Map(Object.entries(SOUNDS).map(([sound, figure]) => [inSpelling(sound, spelling), figure])),
}))
/** 么 is written for 幺, whatever else it sounds like. */
const LIKE_ONE = '么'
const ONE = 'yao'
/** Figures alone hold nothing that only sounds like one. */
const HAN = /\p{Script=Han}/u
/** Fewer figures than this are no attempt at a long number, and longer texts are no single one. */
const FEWEST_FIGURES = 6
const LONGEST_TEXT = 60
/** A row of figures with characters between them that may sound like some. */
const ROW = /[\p{Script=Han}\d\s,，、.-]{7,}/u
const GAP = /[\s,，、.-]/u

/** How many characters beside the row may belong to words around it. */
const EDGE = 3

/**
 * The text with the characters beside figures that sound like figures put right: 腰三久零 is 幺三九零. At both ends a few
 * may be words of their own, so each end is tried with fewer of them.
 */
export function figuresBySound(text: string): string[] {
  if (text.length > LONGEST_TEXT || !HAN.test(text) || !ROW.test(text)) return []
  const plain = plainDigits(text)
  if ((plain.match(/\d/gu) ?? []).length < FEWEST_FIGURES) return []
  return [...new Set(HEARD_AS.flatMap(heardAs => repaired(plain, figuresIn(plain, heardAs))))]
}

/** The figure that each character sounds like, '' for none. */
function figuresIn(plain: string, { spelling, figures }: (typeof HEARD_AS)[number]): string[] {
  return soundsIn(plain, spelling).map((sound, at) => {
    const character = plain.charAt(at)
    if (/\d/u.test(character)) return ''
    return figures.get(character === LIKE_ONE ? ONE : sound) ?? ''
  })
}

function repaired(plain: string, figures: readonly string[]): string[] {
  const characters = Array.from({ length: plain.length }, (_, at) => plain.charAt(at))
  const inRow = characters.map((character, at) => /\d/u.test(character) || figures[at] !== '' || GAP.test(character))
  const isFigure = (at: number) => /\d/u.test(characters[at] ?? '')
  let [from, to] = [characters.findIndex((_, at) => isFigure(at)), characters.findLastIndex((_, at) => isFigure(at))]
  const [first, last] = [from, to]
  while (from > 0 && first - from < EDGE && inRow[from - 1]) from -= 1
  while (to < characters.length - 1 && to - last < EDGE && inRow[to + 1]) to += 1
  const texts: string[] = []
  for (let start = from; start <= first; start++)
    for (let end = to; end >= last; end--)
      texts.push(characters.map((c, at) => (at >= start && at <= end && figures[at]) || c).join(''))
  return texts.filter(text => text !== plain)
}
