import { plainDigits } from './digits.ts'
import { nameForms } from './regionNames.ts'

/** Codes of 2, 4, 6, 9 or 12 digits (province, city, county, township, village) with names. */
export interface RegionData {
  rows: readonly (readonly [code: string, name: string])[]
  /** Old names, popular names and old codes, with the code of today. */
  aliases: readonly (readonly [alias: string, code: string])[]
}

export type RegionLevel = 'province' | 'city' | 'county' | 'township' | 'village'

/** Prebuilt maps; opaque to callers. */
export interface RegionIndex {
  names: ReadonlyMap<string, string>
  children: ReadonlyMap<string, readonly string[]>
  /** Codes by form of the name, official forms apart from short ones. */
  full: ReadonlyMap<string, readonly string[]>
  short: ReadonlyMap<string, readonly string[]>
  /** Old and popular names; an official name of today goes before them. */
  old: ReadonlyMap<string, readonly string[]>
  /** Old names without their ending (江干), the last to be tried. */
  oldShort: ReadonlyMap<string, readonly string[]>
  oldCodes: ReadonlyMap<string, string>
}

export type FoundRegion = { kind: 'exact'; code: string } | { kind: 'several'; codes: string[] } | { kind: 'none' }

const LENGTHS = [2, 4, 6, 9, 12] as const
const LEVELS: Readonly<Record<number, RegionLevel>> = {
  2: 'province',
  4: 'city',
  6: 'county',
  9: 'township',
  12: 'village',
}
/** Rows of the statistical list which are no places: nobody lives in 市辖区 or 省直辖县级行政区划. */
const NO_PLACE = /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/u
/** Longest name in the list with its endings; no longer piece is looked up. */
const LONGEST_NAME = 20
/** A path has at most this many characters; longer text is no place. */
const LONGEST_TEXT = 80

/** Level of a code by its length; null for a code of another length. */
export function levelOf(code: string): RegionLevel | null {
  return LEVELS[code.length] ?? null
}

/** Builds the maps once; afterwards every look-up touches only the pieces of the text. */
export function buildRegionIndex(data: RegionData): RegionIndex {
  const names = new Map(data.rows.map(([code, name]) => [code, name]))
  const children = new Map<string, string[]>()
  const full = new Map<string, string[]>()
  const short = new Map<string, string[]>()
  for (const [code, name] of data.rows) {
    const parent = parentIn(names, code)
    if (parent !== code) add(children, parent, code)
    if (NO_PLACE.test(name)) continue
    const forms = nameForms(name, code.length)
    for (const form of forms.full) add(full, form, code)
    for (const form of forms.short) add(short, form, code)
  }
  const oldCodes = new Map(data.aliases.filter(([alias]) => /^\d+$/.test(alias)))
  const old = new Map<string, string[]>()
  const oldShort = new Map<string, string[]>()
  for (const [alias, code] of data.aliases) {
    if (oldCodes.has(alias)) continue
    add(old, alias, code)
    const stem = alias.replace(/(?:特区|地区|[市区县镇])$/u, '')
    if (stem !== alias && Array.from(stem).length >= 2) add(oldShort, stem, code)
  }
  return { names, children, full, short, old, oldShort, oldCodes }
}

/** The same places under names spelled another way, such as by their sound. Look-ups spell the text likewise. */
export function respelled(index: RegionIndex, spell: (name: string) => string): RegionIndex {
  const maps = [index.full, index.short, index.old, index.oldShort].map(map => {
    const spelled = new Map<string, string[]>()
    for (const [name, codes] of map) for (const code of codes) add(spelled, spell(name), code)
    return spelled
  })
  const [full = new Map(), short = new Map(), old = new Map(), oldShort = new Map()] = maps
  return { ...index, full, short, old, oldShort }
}

function add(map: Map<string, string[]>, key: string, code: string): void {
  const codes = map.get(key)
  if (!codes) map.set(key, [code])
  else if (!codes.includes(code)) codes.push(code)
}

/** 湖北省鄂州市梁子湖区沼山镇下柯村. Empty for an unknown code. */
export function regionName(index: RegionIndex, code: string): string {
  const path = LENGTHS.filter(length => length <= code.length).map(
    length => index.names.get(code.slice(0, length)) ?? '',
  )
  const places = path.filter((name, i) => !NO_PLACE.test(name) && name !== path[i - 1])
  return index.names.has(code) ? places.join('') : ''
}

/** The name of one region alone: 下柯村. Empty for an unknown code. */
export function regionOwnName(index: RegionIndex, code: string): string {
  return index.names.get(code) ?? ''
}

/** Codes one level down, in the order of the list; the rows that are no places are skipped over. */
export function regionChildren(index: RegionIndex, code: string | null): string[] {
  const listed = index.children.get(code ?? '') ?? []
  return listed.flatMap(child => (NO_PLACE.test(index.names.get(child) ?? '') ? regionChildren(index, child) : [child]))
}

/** Codes of the villages at or below a place, in the order of the list; none for an unknown one. */
export function villagesAt(index: RegionIndex, code: string): string[] {
  if (!index.names.has(code)) return []
  return levelOf(code) === 'village' ? [code] : regionChildren(index, code).flatMap(child => villagesAt(index, child))
}

/**
 * Finds the place named in `text`: a path with or without levels and endings, an old name, or a code.
 * With `within` (a code) places below it come first. Places of one name are all returned, to be asked back.
 */
export function findRegion(index: RegionIndex, text: string, within?: string): FoundRegion {
  if (text.length > LONGEST_TEXT) return { kind: 'none' }
  for (const core of new Set([close(text), tidy(text)])) {
    const place = findClose(index, core, within)
    if (place.kind !== 'none') return place
  }
  return { kind: 'none' }
}

function findClose(index: RegionIndex, core: string, within?: string): FoundRegion {
  if (core === '') return { kind: 'none' }
  const digits = plainDigits(core)
  if (/^\d+$/.test(digits)) {
    const coded = byCode(index, digits)
    // 二七 is a district by its name.
    if (coded.kind !== 'none' || digits === core) return coded
  }
  const inside = within === undefined ? [] : walk(index, core, [within])
  return found(index, inside.length > 0 ? inside : withoutFarVillages(walk(index, core, null)))
}

/** 西安 is a city and two counties; a village of that name in some pilot is not meant unless it was asked within it. */
function withoutFarVillages(codes: readonly string[]): readonly string[] {
  const wide = codes.filter(code => code.length <= 9)
  return wide.length > 0 ? wide : codes
}

/** Some names hold 的 and brackets of their own, so nothing else is taken away at first. */
function close(text: string): string {
  return text.replace(/[\s,，、。.．/\\·>＞;；-]/gu, '')
}

/** 俺是河南荥阳的 names 河南荥阳. */
function tidy(text: string): string {
  return text
    .replace(/[\s,，、。.．/\\·>＞;；:：!！"“”()（）-]/gu, '')
    .replace(
      /^(?:我们|我|俺|咱|家里|家|屋里|屋头|老家|(?:以前|过去|从前|原来|原先|早先|老名字?|旧称|原名|曾用名)(?:是|叫做?|为)?|叫做?|娘家|婆家|现在|目前|户口|户籍|居住地?|住址|地址|单位|住在?|就|是|在|属于|属|归|的|搁|到)+/u,
      '',
    )
    .replace(/(?:那边|那里|这边|这里|那块|那儿|人|的|了|嘞|滴|哒|哩|吧|啊|呢|哦)+$/u, '')
    .replace(/的/gu, '')
}

function byCode(index: RegionIndex, digits: string): FoundRegion {
  const code = index.oldCodes.get(digits) ?? digits
  // 420700, 420702104000: zeros stand for the levels left out. The shortest known code that loses only zeros is meant.
  const known = LENGTHS.find(
    length => length <= code.length && /^0*$/.test(code.slice(length)) && index.names.has(code.slice(0, length)),
  )
  return known && [2, 4, 6, 9, 12].includes(code.length)
    ? { kind: 'exact', code: sameBelow(index, code.slice(0, known)) }
    : { kind: 'none' }
}

function found(index: RegionIndex, codes: readonly string[]): FoundRegion {
  // 沼山 is the town and not also the village in it of the same name: the wider place stands for both.
  const widest = codes.filter(code => !codes.some(other => other !== code && code.startsWith(other)))
  // 海南 is the province, not the district in Wuhai that is called so too.
  const only = widest.find(code => code.length === 2) ?? widest[0]
  if (only === undefined) return { kind: 'none' }
  if (widest.length > 1 && only.length > 2) return { kind: 'several', codes: widest }
  return { kind: 'exact', code: sameBelow(index, only) }
}

/** 东莞 and 儋州 have no counties: the list repeats the city as its only county, and that code is the finer one. */
function sameBelow(index: RegionIndex, code: string): string {
  const [child, other] = regionChildren(index, code)
  return child && !other && index.names.get(child) === index.names.get(code) ? child : code
}

/** Eats the text name by name, longest first, keeping the places that lie below what was named before. */
function walk(index: RegionIndex, text: string, above: readonly string[] | null): string[] {
  if (text === '') return above ? [...above] : []
  for (let length = Math.min(text.length, LONGEST_NAME); length >= 2; length--) {
    const piece = text.slice(0, length)
    for (const map of [index.full, index.old, index.short, index.oldShort]) {
      const codes = below(map.get(piece) ?? [], above, map === index.old || map === index.oldShort)
      const end = codes.length > 0 ? walk(index, text.slice(length), codes) : []
      if (end.length > 0) return end
    }
  }
  return above && isHouse(text, above) ? [...above] : []
}

/**
 * What one more name makes of a place, whichever of them is the wider one: 徐州 and 鼓楼区 is one district in any order.
 * Official names come first, then old and short ones; with `known` null all places of that name.
 */
export function namesAt(index: RegionIndex, name: string, known: readonly string[] | null): readonly string[][] {
  return [index.full, index.old, index.short, index.oldShort].flatMap(map => {
    const codes = map.get(name) ?? []
    const narrower = [...below(codes, known, map === index.old || map === index.oldShort)]
    if (narrower.length > 0) return [narrower]
    const kept = (known ?? []).filter(code => codes.some(wider => code.startsWith(wider)))
    return kept.length > 0 ? [kept] : []
  })
}

/** The place that is meant by these codes, as `findRegion` decides. */
export function placeNamed(index: RegionIndex, codes: readonly string[]): FoundRegion {
  return found(index, withoutFarVillages(codes))
}

/** 巢湖市居巢区: an old district may be the whole of what the wider name means today. */
function below(codes: readonly string[], above: readonly string[] | null, old: boolean): readonly string[] {
  if (!above) return codes
  return codes.filter(code => above.some(wider => code.startsWith(wider) && (old || code !== wider)))
}

/** 三组, 5队, 12号 behind a village: house and group are not part of the code. */
function isHouse(text: string, above: readonly string[]): boolean {
  return above.every(code => code.length >= 9) && /^[一二三四五六七八九十\d]{1,4}(?:组|队|社|号|湾|栋|幢)/u.test(text)
}

function parentIn(names: ReadonlyMap<string, string>, code: string): string {
  const lengths = LENGTHS.filter(length => length < code.length).toReversed()
  const known = lengths.map(length => code.slice(0, length)).find(parent => names.has(parent))
  return known ?? ''
}
