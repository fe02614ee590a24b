import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Officer } from '../officer.ts'
import { buildRegionIndex } from '../region.ts'
import { planOfficers, readOfficers, type OfficerEntry } from './officers.ts'
import { textCell, type Row } from './table.ts'

const regions = buildRegionIndex({
  rows: [
    ['42', '湖北省'],
    ['4207', '鄂州市'],
    ['420702', '梁子湖区'],
    ['420702104', '沼山镇'],
    ['420702104212', '下柯村'],
  ],
  aliases: [],
})
const rows = (...lines: string[][]): Row[] => lines.map((cells, i) => ({ line: i + 1, cells: cells.map(textCell) }))
const header = ['用户名', '姓名', '级别', '地区代码', '办公电话']
const good = ['zhang.san', '张三丰', '村', '420702104212', '0711-2345678']
const faults = (...lines: string[][]) =>
  readOfficers(rows(header, ...lines), regions).bad.map(({ line, column, reason }) => `${line} ${column} ${reason}`)
const withCell = (column: number, text: string) => good.map((cell, i) => (i === column ? text : cell))

describe('a list of officers', () => {
  test('is read with a Chinese header, an English one, and a title above', () => {
    const english = ['username', 'name', 'role', 'regionCode']
    const town = ['li', '李四光', 'town', '420702104']
    const officer = { username: 'li', name: '李四光', role: 'town', regionCode: '420702104', officePhone: null }
    expect(readOfficers(rows(['工作人员名单'], english, town), regions)).toEqual({
      value: [officer],
      bad: [],
      unused: [],
    })
    expect(readOfficers(rows(header, good), regions).value[0]).toMatchObject({
      role: 'village',
      officePhone: '0711-2345678',
    })
  })

  test('names columns that nobody reads', () => {
    expect(readOfficers(rows([...header, '序号'], [...good, '1']), regions).unused).toEqual(['序号'])
  })

  test.each([
    ['a name in digits', withCell(1, '张3'), '姓名 name'],
    ['a role nobody has', withCell(2, '村长'), '级别 role'],
    ['a place that does not exist', withCell(3, '420702104999'), '地区代码 regionUnknown'],
    ['a town for a village officer', withCell(3, '420702104'), '地区代码 regionLength'],
    ['an emergency number', withCell(4, '110'), '办公电话 phone'],
    ['a code that a sheet has rounded', withCell(3, '4.20702E+11'), '地区代码 rounded'],
    ['a formula', withCell(0, '=A1'), '用户名 formula'],
    ['a hidden character', withCell(0, 'zhang\u200Bsan'), '用户名 character'],
    ['a user name left out', withCell(0, ''), '用户名 empty'],
  ])('with %s is refused by row, column and reason, once', (_name, line, fault) => {
    expect(faults(good.with(0, 'other'), line)).toEqual([`3 ${fault}`])
  })

  test('with somebody twice is refused, whatever the case of the letters', () => {
    expect(faults(good, good.with(0, 'Zhang.San'))).toEqual(['3 用户名 twice'])
  })

  test('without a column is refused by the name of the column', () => {
    expect(readOfficers(rows(header.with(2, '职务'), good), regions).bad).toMatchObject([
      { line: 1, column: '级别', reason: 'noHeader' },
    ])
  })
})

describe('what a list changes', () => {
  const entry = fc.record({
    username: fc.constantFrom('a1', 'b2', 'c3', 'd4'),
    name: fc.constantFrom('张三', '李四'),
    role: fc.constant('village' as const),
    regionCode: fc.constantFrom('420702104212', '110101001001'),
    officePhone: fc.constantFrom(null, '0711-2345678'),
  })
  const list = fc.uniqueArray(entry, { selector: ({ username }) => username })
  const officers = (entries: OfficerEntry[], disabled = false): Officer[] =>
    entries.map(one => ({ ...one, id: `id-${one.username}`, disabled }))
  const applied = (known: Officer[], plan: ReturnType<typeof planOfficers>): Officer[] => [
    ...known.map(officer => {
      const after = plan.update.find(({ before }) => before.id === officer.id)?.after
      if (after) return { ...officer, ...after, disabled: false }
      return plan.disable.includes(officer) ? { ...officer, disabled: true } : officer
    }),
    ...officers(plan.create),
  ]

  test('applied once, the same list changes nothing more', () => {
    fc.assert(
      fc.property(list, list, fc.boolean(), fc.boolean(), (entries, known, disabled, disableMissing) => {
        const before = officers(known, disabled)
        const after = applied(before, planOfficers(entries, before, disableMissing))
        const again = planOfficers(entries, after, disableMissing)
        expect(again).toEqual({ create: [], update: [], unchanged: entries.length, disable: [] })
      }),
    )
  })

  test('officers are disabled only when asked for, and never those of another county', () => {
    const here = {
      username: 'a1',
      name: '张三',
      role: 'village',
      regionCode: '420702104212',
      officePhone: null,
    } as const
    const known = officers([here, { ...here, username: 'b2' }, { ...here, username: 'c3', regionCode: '110101001001' }])
    expect(planOfficers([here], known, false).disable).toEqual([])
    expect(planOfficers([here], known, true).disable.map(({ username }) => username)).toEqual(['b2'])
  })
})
