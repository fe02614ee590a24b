import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'
import { fileIn, register, talk } from './residents.ts'

let database: TestDatabase
let here: Instance

beforeAll(async () => {
  database = await testDatabase()
  here = openInstance(database)
})
afterAll(() => database.close())

describe('a question of policy', () => {
  test('is answered with its ground and the day it was checked, for the place of the own case', async () => {
    const sender = randomUUID()
    expect(await talk(here, sender, '问政策', '未婚能不能登记')).toMatch(
      /各省不一样.*\n依据：.*；核对日期：2026-11-21。/,
    )
    await fileIn({ here, database }, '410102001002', sender)
    expect(await talk(here, sender, '问政策', '未婚能不能登记')).toContain('河南2022年网页写的是夫妻办理')
  })

  test('that is not clear is chosen from titles, and the choice is answered', async () => {
    const asked = await talk(here, randomUUID(), '问政策', '光荣证政策', '1')
    expect(asked).toMatch(/1\. .*光荣证[\s\S]*2\. .*光荣证[\s\S]*依据：/)
  })

  test('that nobody has verified is not answered, and the office of the place is named without an invented number', async () => {
    const sender = randomUUID()
    expect(await talk(here, sender, '问政策', '产假工资怎么算', '否')).toContain('没有核实过的答案')
    await register(here, sender, '1990-01-02')
    const told = await talk(here, sender, '问政策', '产假工资怎么算')
    expect(told).toContain('可以问鄂州市卫生健康部门。')
    expect(told.match(/\d{7,}/g)).toBe(null)
  })
})

describe('the childcare subsidy', () => {
  test('is counted from the rules of the files, and nothing is stored of the child', async () => {
    const sender = randomUUID()
    const cases = () => database.sql(`select count(*)::int as n from application`)
    const before = await cases()
    const told = await talk(here, sender, '育儿补贴', '同意', '2025年3月8日')
    expect(told).toMatch(/孩子1岁8个月/)
    expect(told).toContain('每年3600元')
    expect(told).toContain('首次申领别晚于2026年12月31日')
    expect(await talk(here, sender, '育儿补贴', '不同意，只看规定')).toContain('每孩每年3600元')
    expect(await cases()).toEqual(before)
  })

  test('of a child born before 2025 is told in both ways of counting months', async () => {
    expect(await talk(here, randomUUID(), '育儿补贴', '同意', '2024年6月15日')).toContain('一共29或30个月')
  })
})

describe('rewards', () => {
  test('are held against the four conditions, without an amount', async () => {
    const told = await talk(here, randomUUID(), '奖扶', '1', '是', '是', '是', '不是')
    expect(told).toContain('・满60周岁')
    expect(told).toContain('国办发〔2004〕21号')
    expect(told).not.toMatch(/\d+元/)
  })

  test('for special families are told and not asked', async () => {
    const told = await talk(here, randomUUID(), '特扶', '2', '否')
    expect(told).toContain('女方满49周岁')
    expect(told).not.toMatch(/育儿|生育登记/)
  })
})
