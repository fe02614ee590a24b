import { describe, expect, it } from 'vitest'
import { buildRegionIndex } from '../domain/region.ts'
import { loadRegionData } from './loadRegions.ts'
import { understandLine } from './understandLine.ts'

// Names and the words around them, put together in every way; what is meant is worked out from the list of codes alone.
const { rows, aliases } = loadRegionData('regions')
const ear = {
  regions: buildRegionIndex({ rows, aliases }),
  calendars: [],
  readIntents: () => [],
  today: '2026-11-22' as const,
}
const heard = (text: string) => understandLine('region', text, ear)

const NO_PLACE = /^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$/u
const names = new Map(rows)
const counties = rows.filter(([code, name]) => code.length === 6 && !NO_PLACE.test(name))
/** Every n-th county, so that the grid stays small and meets all provinces. */
const some = (step: number) => counties.filter((_, i) => i % step === 0)

function meantBy(name: string, inside: string): string {
  const codes = counties.filter(([code, other]) => other === name && code.startsWith(inside)).map(([code]) => code)
  return codes.length === 1 ? (codes[0] ?? '') : `ambiguous:${codes.toSorted().join('|')}`
}

/** The province or the city around a county, with the ending and without. */
function around(code: string): { wider: string; inside: string }[] {
  return [code.slice(0, 2), code.slice(0, 4)]
    .map(inside => ({ wider: names.get(inside) ?? '', inside }))
    .filter(({ wider }) => !NO_PLACE.test(wider) && wider !== names.get(code))
    .flatMap(place => [place, { ...place, wider: place.wider.replace(/(?<=^..+)[省市]$/u, '') }])
}

/** W is the wider place, C the county. */
const TOGETHER =
  `WC|W的C|W那个C|W那边的C|W下面的C|W，C|W C|W底下的C|W管的C|W有个C|W下面有个C|W嘅C|W，就是C|在W，C|C，W的那个|C，W的|C，W那边的|C，在W
  C，属于W|C是W的|C（W）|C，归W管|C，W底下的|C，就是W那个|C，我说的是W的|我是W那个C的|户口在C，W的|老家W下面的C|W那个C，现在叫啥我不晓得`.split(
    /\|\n?|\n\s*/u,
  )
const AROUND =
  `我是C的|户口在C|老家C|C人|C那边|C，现在叫啥我不晓得|我老婆C的|籍贯C|祖籍C|原籍C|现居C|户口本上写的C|我屋头C的|我哋喺C|我係C人|C嘅|C来的|C嫁过来的|嫁到C了|从C搬来的
  C，咋了|C，晓得不|嗯，C|喂，C|C噻|C咧|C，去年搬来的|在C打工|C本地的|搬C去了|C（我老家）|身份证上是C|俺是C嘞|就是C|C，早改名了|C现在叫啥不晓得|不是外省的，是C的`.split(
    /\|\n?|\n\s*/u,
  )

describe('a county of the whole country', () => {
  it.each(TOGETHER)('is told from those of its name by what it lies in: %s', said => {
    const misses = some(97).flatMap(([code, name]) =>
      around(code).flatMap(({ wider, inside }) => {
        const text = said.replaceAll('W', wider).replaceAll('C', name)
        return heard(text) === meantBy(name, inside) ? [] : [`${text}: ${heard(text)}`]
      }),
    )
    expect(misses).toEqual([])
  })

  it.each(AROUND)('is heard among other words, and asked back where several have the name: %s', said => {
    const misses = some(89).flatMap(([, name]) => {
      const text = said.replaceAll('C', name)
      return heard(text) === meantBy(name, '') ? [] : [`${text}: ${heard(text)}`]
    })
    expect(misses).toEqual([])
  })

  it.each(AROUND)('is heard by its old name among other words: %s', said => {
    const old = aliases.filter(([alias], i) => i % 17 === 0 && /[市区县]$/u.test(alias))
    const misses = old.flatMap(([alias]) => {
      const text = said.replaceAll('C', alias)
      return heard(text) === heard(alias) ? [] : [`${text}: ${heard(text)}, not ${heard(alias)}`]
    })
    expect(misses).toEqual([])
  })

  it.each([
    ['徐州那个鼓楼区', '320302'],
    ['陕县，现在叫啥我不晓得', '411203'],
    ['陕县，现在叫陕州区', '411203'],
    ['陕州区，以前叫陕县', '411203'],
    ['鼓楼区，不是南京那个，是徐州的', '320302'],
    ['不是罗山，是光山', '411522'],
    ['罗山，不对，光山', '411522'],
    ['罗山县或者光山县', 'ambiguous:411521|411522'],
    ['老家徐州，现在住南京鼓楼区', '320106'],
    ['户籍地：长寿', '500115'],
    ['我是河南人，罗山的', '411521'],
    ['罗山，是信阳的一个县', '411521'],
    ['信阳下面的一个县，叫罗山', '411521'],
    ['省：河南 市：信阳 县：罗山', '411521'],
    ['羅山縣，屬於信陽嘅', '411521'],
    ['济宁市中区', '370811'],
    ['12月15号', 'none'],
  ])('is meant as it was said: %s', (text, value) => {
    expect(heard(text)).toBe(value)
  })

  it.each(
    `不是罗山的|他叫罗山|他叫杨浦|孩子平安|我们在城东住|我姓罗|罗山川是我爸|武汉大学毕业的|沙县小吃|沙县小吃店上班|重庆火锅|兰州拉面馆
    金华火腿|北京路|新华书店|和平饭店|为人方正|祝您健康长寿|遵义会议|平安保险公司|户口在哪里办|我老婆怀孕了|在老家|在县城|我是南方人|不知道，问我儿子`.split(
      /\||\n\s*/u,
    ),
  )('is none where nobody names one: %s', text => {
    expect(heard(text)).toBe('none')
  })
})
