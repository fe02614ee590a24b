import { describe, expect, test } from 'vitest'
import { ezhouCheckTable, fillCheckTable } from './checkTable.ts'
import { shareOf } from './measured.ts'

const lostFor = (numerator: number, denominator: number) => {
  const filled = fillCheckTable(ezhouCheckTable, () => shareOf(numerator, denominator, 1))
  const rules = filled.rows.flatMap(row => row.rules)
  return {
    filled,
    online: rules.find(({ id }) => id === 'onlineRate'),
    others: rules.filter(rule => rule.id !== 'onlineRate'),
  }
}

describe('the check table of Ezhou', () => {
  test('has twelve rows that come to a hundred points, and each row to those of its rules', () => {
    const points = (rows: readonly { points: number }[]) => rows.reduce((sum, row) => sum + row.points, 0)
    expect(ezhouCheckTable.rows).toHaveLength(12)
    expect(points(ezhouCheckTable.rows)).toBe(ezhouCheckTable.points)
    for (const row of ezhouCheckTable.rows) expect([row.id, points(row.rules)]).toEqual([row.id, row.points])
  })

  test('has no rule twice', () => {
    const ids = ezhouCheckTable.rows.flatMap(row => row.rules.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each([
    [20, 20, 0],
    [17, 20, 0.45],
    [10, 20, 1.5],
    [0, 20, 3],
  ])('%i of %i online loses %d of its three points', (numerator, denominator, lost) => {
    expect(lostFor(numerator, denominator).online?.lost).toBe(lost)
  })

  test('without data a rule loses nothing and proves nothing', () => {
    const { filled, online, others } = lostFor(0, 0)
    expect(online?.lost).toBeNull()
    expect(others.every(({ lost }) => lost === null)).toBe(true)
    expect(filled).toMatchObject({ points: 100, pointsWithData: 0, lost: 0 })
    expect(lostFor(17, 20).filled).toMatchObject({ pointsWithData: 3, lost: 0.45 })
  })

  test('shows the figures that belong to a rule, and where they do not decide its points names what is missing', () => {
    const { filled } = lostFor(17, 20)
    const rules = filled.rows.flatMap(row => row.rules)
    expect(rules.filter(({ lost }) => lost === null).every(({ missing }) => missing !== null)).toBe(true)
    const shown = rules.flatMap(rule => (rule.shown ? [[rule.id, rule.missing]] : []))
    expect(shown).toEqual([
      ['assessment', 'document'],
      ['registration', 'supervision'],
      ['window', 'window'],
      ['onlineRate', null],
      ['misconduct', 'document'],
    ])
  })

  test('says how its garbled row is read', () => {
    const rights = ezhouCheckTable.rows.find(({ id }) => id === 'rights')
    expect(rights?.rules.find(({ id }) => id === 'misconduct')?.reading).toContain('没有查处违规行为的文件')
  })
})
