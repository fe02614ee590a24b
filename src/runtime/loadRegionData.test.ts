import { expect, it } from 'vitest'
import { hearAlarm } from '../conversation/understanding/alarms.ts'
import { buildRegionIndex, findRegion, regionChildren, regionName } from '../domain/region.ts'
import { loadRegionData } from './loadRegions.ts'

const data = loadRegionData('regions')
const index = buildRegionIndex(data)

it('holds the pilot down to its villages and the nation down to its counties', () => {
  expect(findRegion(index, '下柯村')).toEqual({ kind: 'exact', code: '420702104212' })
  expect(findRegion(index, '沼山镇')).toEqual({ kind: 'exact', code: '420702104' })
  expect(findRegion(index, '长港镇')).toEqual({ kind: 'exact', code: '420704108' })
  expect(regionChildren(index, null)).toHaveLength(34)
  for (const county of ['330113', '410307', '659012', '540481', '540581'])
    expect(regionName(index, county)).not.toBe('')
})

it('finds every place by its full path', () => {
  const lost = data.rows.flatMap(([code]) => {
    const path = regionName(index, code)
    const found = findRegion(index, path)
    const hit =
      found.kind === 'exact' ? found.code.startsWith(code) : found.kind === 'several' && found.codes.includes(code)
    return path === '' || hit || /直辖|市辖区/.test(index.names.get(code) ?? '') || index.names.get(code) === '县'
      ? []
      : [path]
  })
  expect(lost).toEqual([])
})

/** Of the names as people write them, without 省, 市, 县: 黑龙江黑河 is no river to jump into. */
const SPOKEN = /[省市区县]|特别行政|(?:壮族|回族|维吾尔)?自治/gu

it('hears an alarm in hardly any of its names', () => {
  const names = data.rows.flatMap(([code]) => [regionName(index, code), regionName(index, code).replace(SPOKEN, '')])
  const alarms = [...new Set(names)].filter(name => hearAlarm(name) !== null)
  expect(alarms.length, alarms.join(' ')).toBeLessThan(names.length / 5000)
})

it('sends every old name and old code to a place of today', () => {
  for (const [alias, code] of data.aliases) {
    expect(regionName(index, code), alias).not.toBe('')
    expect(findRegion(index, alias).kind, alias).not.toBe('none')
  }
})

it('asks back the names that repeat', () => {
  expect(findRegion(index, '鼓楼区')).toMatchObject({ kind: 'several', codes: { length: 4 } })
})
