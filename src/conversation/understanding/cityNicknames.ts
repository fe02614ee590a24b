import { findRegion, type FoundRegion, type RegionIndex } from '../../domain/region.ts'
import { holdsFirstOf } from './codeUnits.ts'
import { spokenPlace } from './spokenPlaces.ts'

/** What cities are called in songs and on signs. One that several cities share, or that is a county too, has all of them. */
const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  江城: ['4201', '2202'],
  冰城: ['2301'],
  羊城: ['4401'],
  穗城: ['4401'],
  花城: ['4401'],
  蓉城: ['5101'],
  锦城: ['5101'],
  北国春城: ['2201'],
  春城: ['5301', '2201'],
  泉城: ['3701'],
  山城: ['50'],
  雾都: ['50'],
  渝城: ['50'],
  石城: ['3201'],
  石头城: ['3201'],
  金陵: ['3201'],
  鹏城: ['4403'],
  鹭岛: ['3502'],
  鹭城: ['3502'],
  榕城: ['3501'],
  星城: ['4301'],
  绿城: ['4101', '4501'],
  商都: ['4101'],
  邕城: ['4501'],
  甬城: ['3302'],
  杭城: ['3301'],
  申城: ['31'],
  魔都: ['31'],
  津城: ['12'],
  盛京: ['2101'],
  滨城: ['2102'],
  岛城: ['3702'],
  洪城: ['3601'],
  筑城: ['5201'],
  椰城: ['4601'],
  彭城: ['3203'],
  龙城: ['1401', '3204', '4502'],
  青城: ['1501'],
  鹿城: ['1502', '3303'],
}
const LONGEST_FIRST = Object.keys(NICKNAMES).toSorted((a, b) => b.length - a.length)
/** Said first, or behind the words that lead to a place; 石城县 and 滨城区 are counties, 泉城市中区 is none. */
const NICKNAME = new RegExp(
  `(?<=^|[\\s,，。、在住是到从去来回家系喺])(${LONGEST_FIRST.join('|')})(?:那?个?的)?(?=..)(?![区县镇乡村街]|市(?![中南北]))`,
  'u',
)

/** The last characters of them all; most places hold none. */
const mayHoldNickname = holdsFirstOf(LONGEST_FIRST.map(nickname => nickname.slice(-1)))

/** 江城武昌, 蓉城武侯区: a county behind what its city is called; only one that lies in that city. */
export function behindNickname(index: RegionIndex, text: string): FoundRegion {
  if (!mayHoldNickname(text)) return { kind: 'none' }
  const [said = '', nickname = ''] = NICKNAME.exec(text) ?? []
  const found = (NICKNAMES[nickname] ?? []).flatMap(city => {
    const place = inCity(index, text.replace(said, index.names.get(city) ?? ''))
    return place.kind === 'exact' && place.code.length >= 6 && place.code.startsWith(city) ? [place] : []
  })
  const [only, another] = found
  return only !== undefined && another === undefined ? only : { kind: 'none' }
}

function inCity(index: RegionIndex, text: string): FoundRegion {
  const place = findRegion(index, text)
  return place.kind === 'none' ? spokenPlace(index, text) : place
}
