import { findRegion, regionChildren, respelled, type FoundRegion, type RegionIndex } from '../../domain/region.ts'
import { bareCounty } from './bareCounties.ts'
import { behindNickname } from './cityNicknames.ts'
import { correctionIn } from './corrections.ts'
import { eitherIn } from './eitherOr.ts'
import { spokenPlace } from './spokenPlaces.ts'
import { soundsOf, spelledSyllables } from './syllables.ts'
import { simplified } from './wording.ts'

/** `near`: the place around the one named is known, the rest of the text names nothing in it. */
export type SearchedRegion =
  | FoundRegion
  /** `mended`: written otherwise and found by its sound; to be confirmed. */
  | { kind: 'exact'; code: string; mended: true }
  | { kind: 'near'; code: string }

/** Longest text in which a place is looked for. */
const LONGEST = 80
/** Words before a place in a sentence that may be left out, and after it. */
const MOST_WORDS = 12
const LEVEL_ENDING = /(?:省|市|区|县|旗|镇|乡|街道|办事处|街办|村|社区|居委会)$/u
/** One part of an address with its ending, for addresses that go from small to large. */
const PARTS = /[^省市区县旗镇乡村]+?(?:街道办事处|街道|街办|社区|居委会|自治州|[省市区县旗镇乡村])/gu
/** Places, not the words around them: 楠杆镇田堰村 behind a county. */
const ADDRESS = /[镇乡村街路巷组队号楼栋湾庄屯寨社区苑园城桥坡沟坪垸塆冲岗场办]|\d/u

/** 省：河南 市：信阳 县：罗山 */
const LABEL = /[\s,，;；]*(?:省份?|地?市|区县|[县市]区|[县区]|乡镇|[乡镇村])[:：]\s*/gu

/** 鼓楼区，不是南京那个，是徐州的: what is denied is left out. */
const DENIED = /(?:^|[\s,，、。]+)不是[^,，是]{2,12}[\s,，、。]+而?是/u
const DENIED_BEHIND = /(?<=.)[\s,，、。]+[可并]?不是(?!别的)[^,，是]{2,12}$/u

/** 新华街道 is no district of 新华 but a street that is not listed. */
const ONLY_ENDING = /^(?:路|大道)?(?:街道|街道办|街道办事处|街|镇|乡|村|社区|小区|路|大道)$/u

/** Towns around the seat of a county: hundreds of counties have one of this name, and only those of pilots are listed. */
const SEAT = /城关(?:镇|乡)?(?:上|人|的)*$/u

/** Names by their sound, with the sign that stands for each syllable. */
interface Sounds {
  index: RegionIndex
  signs: Map<string, string>
}
/** Made when the first name was not found as written; most people spell the place they live in. */
const bySound = new WeakMap<RegionIndex, Sounds>()

/**
 * Finds the place of an answer: as `findRegion`, then in reverse order, in a sentence, by sound (下科村 is 下柯村; only when
 * one place sounds so), and at last the known beginning of an address. Where no villages are listed the county of an
 * address is the answer; where they are, the town is only near it.
 */
export function searchRegion(index: RegionIndex, text: string, within?: string): SearchedRegion {
  if (text.length > LONGEST) return { kind: 'none' }
  const plain = simplified(text)
    .toUpperCase()
    .replace(/[?？]|[那这](?:边|里|儿|块)的?|(?<=..)(?:街|镇|集)上的?$/gu, '')
    .replace(/凃/gu, '涂')
    .replace(LABEL, '，')
    .replace(/^，/u, '')
  const said = plain.replace(DENIED, '，').replace(/^，/u, '').replace(DENIED_BEHIND, '')
  if (said.startsWith('不是')) return { kind: 'none' }
  return corrected(index, said, within) ?? weighed(index, said) ?? placeIn(index, said, within)
}

function placeIn(index: RegionIndex, plain: string, within: string | undefined): SearchedRegion {
  return meant(index, found(index, plain, within), plain, within)
}

/** 罗山，不对，光山: what was said last, where a place was taken back. */
function corrected(index: RegionIndex, plain: string, within: string | undefined): SearchedRegion | null {
  const correction = correctionIn(plain)
  if (correction === null || placeIn(index, correction.before, within).kind === 'none') return null
  return first(correction.meant, way => placeIn(index, way, within))
}

/** 罗山或者光山: which of them is asked. */
function weighed(index: RegionIndex, plain: string): SearchedRegion | null {
  const either = /或|还是|要么|要不|不然/u.test(plain) ? eitherIn(plain) : null
  const codes = [either?.first ?? [], either?.second ?? []].map(ways => {
    const place = first(ways.toReversed(), way => placeIn(index, way, undefined))
    return place?.kind === 'exact' ? place.code : ''
  })
  const [one = '', another = ''] = codes
  return one === '' || another === '' || one.startsWith(another) || another.startsWith(one)
    ? null
    : { kind: 'several', codes }
}

function found(index: RegionIndex, plain: string, within: string | undefined): SearchedRegion {
  const ways = [plain, ...reversed(plain), ...withoutDoing(plain)]
  return (
    first([plain], way => behindNickname(index, way)) ??
    first(ways, way => findRegion(index, way, within)) ??
    first([plain], way => spokenPlace(index, way)) ??
    first(withoutMoving(plain), way => wideEnough(findRegion(index, way, within), way, /[从嫁搬迁]/u.test(plain))) ??
    first(ways, way => soundAlike(index, way, within)) ??
    first(swapped(plain), way => findRegion(index, way, within)) ??
    insideSentence(index, plain) ??
    behindWider(index, plain) ??
    knownBeginning(index, plain) ??
    bareCounty(index, plain) ??
    soundInSentence(index, plain) ?? { kind: 'none' }
  )
}

/**
 * 大冶 is the city and not the town of a pilot far away; a 城关镇 without its county is asked back, because it may lie in
 * any county.
 */
function meant(index: RegionIndex, place: SearchedRegion, plain: string, within: string | undefined): SearchedRegion {
  if (place.kind === 'several') {
    const [county, another] = place.codes.filter(code => code.length <= 6)
    const towns = place.codes.every(code => code === county || code.length === 9)
    return county !== undefined && another === undefined && towns ? { kind: 'exact', code: county } : place
  }
  if (place.kind !== 'exact' || place.code.length !== 9 || (within?.length ?? 0) >= 6) return place
  const around = SEAT.exec(plain)?.index
  if (around === undefined || found(index, plain.slice(0, around), undefined).kind !== 'none') return place
  return { kind: 'several', codes: (index.short.get('城关') ?? []).filter(code => code.length === 9) }
}

function first<F extends SearchedRegion>(ways: readonly string[], find: (way: string) => F): F | null {
  for (const way of ways) {
    const found = find(way)
    if (found.kind !== 'none') return found
  }
  return null
}

/** 我在东莞打工: what is done in a place is no part of it. */
const DOING =
  /(?<=.)(?:打工|上班|做(?:事|工|生意)|干活|居住|工作|生活|租(?:的|了)?房子?|读书|上学|买(?:的|了)?房子?)(?:的|了|呢|嘞)*$/u

/** 他是从长葛来的, 我嫁到燕矶了: how somebody came to a place or left it. */
const MOVED = /^.{0,6}?(?:是从|是在|是|在|住在?|从|来自|[嫁搬迁调]到|[嫁搬迁调][去在]|到了?|去了?|回)(?=..)/u
const MOVED_BEHIND = /(?:嫁|搬|迁|移|调|过)*(?:来|去|回来)?(?:的|了|人|嘞|嘅|那边|这边)*$/u

function withoutMoving(plain: string): string[] {
  return MOVED.test(plain) ? [plain.replace(MOVED, '').replace(MOVED_BEHIND, '')] : []
}

/** 在车站 is no village of that name: it is called one, or somebody came from there. */
function wideEnough(found: FoundRegion, way: string, cameFrom: boolean): FoundRegion {
  const codes = found.kind === 'exact' ? [found.code] : found.kind === 'several' ? found.codes : []
  return codes.every(code => code.length <= 9) || LEVEL_ENDING.test(way) || cameFrom ? found : { kind: 'none' }
}

function withoutDoing(plain: string): string[] {
  return DOING.test(plain) ? [plain.replace(DOING, '')] : []
}

function reversed(plain: string): string[] {
  // 华容区，鄂州的
  const said = plain.replace(/(?<=..)(?:的|人)+(?=$|[\s,，、;；])/gu, '')
  const split = said.split(/[\s,，、;；]+/u).filter(part => part !== '')
  const parts = split.length > 1 ? split : (said.match(PARTS) ?? [])
  return parts.length > 1 && parts.join('').length >= said.replace(/[\s,，、;；]/gu, '').length
    ? [parts.toReversed().join('')]
    : []
}

/** 朝阳区北京: the wider place said last, without its ending. */
function swapped(plain: string): string[] {
  if (plain.length > MOST_WORDS) return []
  const cuts = Array.from(plain, (_, i) => i).filter(i => i > 1 && LEVEL_ENDING.test(plain.slice(0, i)))
  return cuts.map(cut => plain.slice(cut) + plain.slice(0, cut))
}

/** Two-character names sound like too many other words; one place must be meant. */
function soundAlike(index: RegionIndex, plain: string, within?: string): SearchedRegion {
  if (plain.length < 3 || /\d/u.test(plain)) return { kind: 'none' }
  const sounds = bySound.get(index) ?? soundsIn(index)
  bySound.set(index, sounds)
  const typed = /^[A-Z' ]+$/u.test(plain) ? typedSyllables(plain) : null
  const written = typed?.map(sound => signOf(sound, sounds.signs)).join('') ?? spelled(plain, sounds.signs)
  const found = findRegion(sounds.index, written, within)
  if (found.kind === 'exact') return { ...found, mended: true }
  // In pinyin nothing but the sound is meant; what was written in characters is more often another word.
  return typed ? found : { kind: 'none' }
}

/** Words before a place: 老家, 我户口在. */
const MOST_LEAD = 5
/** 黄川县 by itself, or behind its city. Shorter ones sound like too much else. */
const SHORTEST_SOUND = 3

/** 老家信阳黄川县，靠近淮河: a place with its ending, in a clause, found by its sound. */
function soundInSentence(index: RegionIndex, plain: string): SearchedRegion | null {
  return first(plain.split(/[\s,，。、;；]+/u).flatMap(piecesWithEnding), piece => soundAlike(index, piece))
}

/** What may be a place in a clause, the longest first. */
function piecesWithEnding(clause: string): string[] {
  const ends = [...clause.matchAll(/[市区县旗镇乡村]/gu)].map(({ index }) => index + 1).toReversed()
  const starts = Array.from({ length: MOST_LEAD + 1 }, (_, start) => start)
  return starts.flatMap(start =>
    ends.flatMap(end =>
      end - start >= SHORTEST_SOUND && !ADDRESS.test(clause.slice(end)) ? [clause.slice(start, end)] : [],
    ),
  )
}

/** wo jia zai wuhan: words before the place. */
const TYPED_LEAD = /^(?:(?:WO|JIA|MEN|HUKOU|ZHU|LAOJIA|SHI|ZAI) )+/u

/** ezhou and echeng begin with the one syllable of a single letter that begins names of places. */
function typedSyllables(plain: string): string[] | null {
  const place = plain.replace(TYPED_LEAD, '')
  return spelledSyllables(place) ?? spelledSyllables(place.replace(/\bE(?=[^AEIOUNR'])/gu, "E'"))
}

function soundsIn(index: RegionIndex): Sounds {
  const signs = new Map<string, string>()
  return { index: respelled(index, name => spelled(name, signs)), signs }
}

/** First code point of the private plane that stands for syllables. */
const FIRST_SIGN = 0xf0000

/** How characters sound in names of places, where it is not what they commonly sound like: 长港, 重庆, 成都, 黄陂, 浚县. */
const PLACE_SOUNDS: Readonly<Record<string, string>> = {
  长: 'chang',
  重: 'chong',
  都: 'du',
  厦: 'xia',
  六: 'lu',
  蚌: 'beng',
  陂: 'pi',
  番: 'pan',
  单: 'shan',
  浚: 'xun',
  荥: 'xing',
  涡: 'guo',
}

/** Every character as the sign of its sound, so that names which sound alike are one text. */
function spelled(name: string, signs: Map<string, string>): string {
  return Array.from(name, character => {
    const inPlaces = PLACE_SOUNDS[character]
    const [sound] = inPlaces === undefined ? soundsOf(character) : (spelledSyllables(inPlaces) ?? [])
    if (sound === undefined) return character
    return signOf(sound, signs)
  }).join('')
}

function signOf(sound: string, signs: Map<string, string>): string {
  const sign = signs.get(sound) ?? String.fromCodePoint(FIRST_SIGN + signs.size)
  signs.set(sound, sign)
  return sign
}

/** A sentence around a place with its ending: 孩子户口上在沼山镇下柯村呢. */
function insideSentence(index: RegionIndex, plain: string): FoundRegion | null {
  const flat = plain.replace(/[\s,，。、]/gu, '')
  for (let start = 0; start <= Math.min(MOST_WORDS, flat.length - 3); start++)
    for (let end = flat.length; end >= start + 3; end--) {
      const piece = flat.slice(start, end)
      // 雄安新区 holds 安新区, which nobody meant: a short name stands behind a word that leads to it.
      if (piece.length < 4 && start > 0 && !/[在是到住从于回去属]$/u.test(flat.slice(0, start))) continue
      if (flat.length - end > MOST_WORDS || ADDRESS.test(flat.slice(end)) || !LEVEL_ENDING.test(piece)) continue
      const found = findRegion(index, piece)
      if (found.kind !== 'none') return found
    }
  return null
}

/** Nobody is called by a province and a county: 他是陕西柞水的, 从安徽临泉嫁过来的. */
const SHORTEST_PATH = 4
const LONGEST_PATH = 12

/** A place behind the province or city that it lies in, anywhere in a sentence. The finest that is named so counts. */
function behindWider(index: RegionIndex, plain: string): FoundRegion | null {
  const flat = plain.replace(/[\s,，。、]/gu, '')
  const paths = Array.from(flat, (_, start) => longestPath(index, flat, start)).flatMap(path => path ?? [])
  const codes = new Set(paths.map(({ code }) => code))
  return codes.size === 1 ? (paths[0] ?? null) : null
}

/** The county that a path from here on leads to; what stands behind it is no address of its own. */
function longestPath(index: RegionIndex, flat: string, start: number): Extract<FoundRegion, { kind: 'exact' }> | null {
  const widest = [3, 2].find(length => isWide(index, flat.slice(start, start + length)))
  if (widest === undefined) return null
  for (let end = Math.min(flat.length, start + LONGEST_PATH); end >= start + SHORTEST_PATH; end--) {
    if (ADDRESS.test(flat.charAt(end))) continue
    const found = findRegion(index, flat.slice(start, end))
    if (found.kind === 'exact' && found.code.length >= 6) return found
  }
  return null
}

function isWide(index: RegionIndex, name: string): boolean {
  return [index.full, index.short].some(map => map.get(name)?.some(code => code.length <= 4))
}

function knownBeginning(index: RegionIndex, plain: string): SearchedRegion | null {
  const flat = plain.replace(/[\s,，。、]/gu, '')
  // 12月15号 begins with no code.
  if (/^\d{1,4}[^\d]/u.test(flat)) return null
  // A code that nothing carries is no beginning of another, except of a village or town in a county that is listed.
  const shortest = /^\d+$/u.test(flat) ? (/^(?:\d{9}|\d{12})$/u.test(flat) ? 6 : flat.length) : 2
  for (let end = flat.length - 1; end >= shortest; end--) {
    const rest = flat.slice(end)
    const found = findRegion(index, flat.slice(0, end))
    if (found.kind === 'none' || !ADDRESS.test(rest) || ONLY_ENDING.test(rest)) continue
    if (found.kind === 'several') return found
    const listed = regionChildren(index, found.code).length > 0
    return listed ? { kind: 'near', code: found.code } : found
  }
  return null
}
