import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRegionIndex, findRegion, regionChildren, regionName, type RegionData } from '../region.ts'
import { planCounty, readCountyList, withCountyLists } from './regions.ts'
import { textCell, type Row } from './table.ts'

const builtIn: RegionData = {
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420703', '华容区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
    ['420702104213', '上柯村'],
    ['420703100', '华容镇'],
    ['420703100201', '包王村'],
  ],
  aliases: [
    ['老柯村', '420702104212'],
    ['高柯村', '420702104213'],
  ],
}
const rows = (...lines: string[][]): Row[] => lines.map((cells, i) => ({ line: i + 1, cells: cells.map(textCell) }))
const header = ['代码', '名称', '别名']
const good = ['420702104212', '下柯村']
const faults = (...lines: string[][]) =>
  readCountyList(rows(header, ...lines), builtIn).bad.map(({ line, column, reason }) => `${line} ${column} ${reason}`)

describe('a county’s own list', () => {
  const list = readCountyList(
    rows(
      header,
      ['420702104212', '下柯村民委员会', '柯家、大柯'],
      ['420702105', '新镇'],
      ['420702105201', '新社区居委会'],
    ),
    builtIn,
  )

  test('replaces the places of that county and of no other', () => {
    expect(list.bad).toEqual([])
    const index = buildRegionIndex(withCountyLists(builtIn, [list.value]))
    expect(regionChildren(index, '420702104')).toEqual(['420702104212'])
    expect(regionName(index, '420702105201')).toBe('湖北省鄂州市梁子湖区新镇新社区')
    expect(regionName(index, '420703100201')).toBe('湖北省鄂州市华容区华容镇包王村')
    expect(regionName(index, '420702104213')).toBe('')
  })

  test('brings what people call a place; older names stay while the place is there', () => {
    const index = buildRegionIndex(withCountyLists(builtIn, [list.value]))
    expect(findRegion(index, '大柯')).toEqual({ kind: 'exact', code: '420702104212' })
    expect(findRegion(index, '老柯村')).toEqual({ kind: 'exact', code: '420702104212' })
    expect(findRegion(index, '高柯村')).toEqual({ kind: 'none' })
  })

  test('says beforehand what comes, goes and is called otherwise, and afterwards nothing', () => {
    expect(planCounty(builtIn, list.value)).toEqual({
      added: ['420702105', '420702105201'],
      removed: ['420702104213'],
      renamed: [],
      unchanged: 2,
    })
    const after = withCountyLists(builtIn, [list.value])
    expect(planCounty(after, list.value)).toEqual({ added: [], removed: [], renamed: [], unchanged: 4 })
  })

  test.each([
    ['a short code', ['4207021042', '某某村'], '代码 code'],
    ['a township written with zeros', ['420702104000', '沼山镇'], '代码 code'],
    ['a village of another county', ['420703100201', '包王村'], '代码 otherCounty'],
    ['a township nobody knows', ['420702199201', '某某村'], '代码 noTownship'],
    ['a name left out', ['420702104213', ''], '名称 empty'],
    ['no name', ['420702104213', '？？'], '名称 placeName'],
    ['the name of a neighbour', ['420702104213', '下柯村'], '名称 sameName'],
    ['an alias of one letter', ['420702104213', '上柯村', '柯'], '别名 alias'],
    ['a formula', ['420702104213', '=B2'], '名称 formula'],
  ])('with %s is refused', (_name, line, fault) => {
    expect(faults(good, ['420702104214', '中柯村'], line)).toEqual([`4 ${fault}`])
  })

  test('with a code twice, or of a county that does not exist, is refused', () => {
    expect(faults(good, ['420702104212', '上柯村'])).toEqual(['3 代码 twice'])
    expect(faults(['429999001', '某某镇'])).toEqual(['0 代码 countyUnknown'])
    expect(faults()).toEqual(['0 代码 empty'])
  })

  test('nothing in any cell makes it fail', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('420702104212', '420702', '下柯村'))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 3 })), lines => {
        const { bad, value } = readCountyList(rows(header, ...lines), builtIn)
        if (bad.length === 0) expect(value.rows.every(([code]) => code.startsWith('420702'))).toBe(true)
      }),
    )
  })
})
