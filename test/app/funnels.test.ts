import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Officer, OfficerRole } from '../../src/domain/officer.ts'
import { addDays, shanghaiDate, startOfDay } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let service: Instance
let today: string
const officers = new Map<OfficerRole, Officer>()
const REGION: Record<OfficerRole, string> = {
  ...{ village: '420702104212', town: '420702104', county: '420702', auditor: '420702' },
}

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  today = shanghaiDate(database.world.now())
  for (const role of ['village', 'town', 'county', 'auditor'] as const) {
    officers.set(role, await service.appoint(role, role, REGION[role]))
  }
  await talk('生育登记', '孩子妈妈', '同意', '李小红', '42070219900101', '42070219900102', '420702199001010009')
  await talk('生育登记', '孩子妈妈', '同意', '李小红', '12345', '12345', '12345', '12345')
  await talk('生育登记', '孩子妈妈', '同意', '取消', '取消')
  await talk('生育登记', '孩子妈妈', '取消', '是')
})
afterAll(() => database?.close())

async function talk(...said: string[]): Promise<void> {
  const sender = randomUUID()
  for (const text of said) await service.say(sender, text)
}

async function funnel(role: OfficerRole, filter: { flow?: string; from?: string; to?: string } = {}) {
  const officer = officers.get(role)
  if (!officer) throw new Error(`no ${role}`)
  return service.app.funnels(officer, { flow: null, from: today, to: today, ...filter })
}

/** As it is counted, before small counts are hidden. */
async function stepOf(step: string) {
  const query = { flow: null, from: startOfDay(today), until: startOfDay(addDays(today, 1)) }
  const steps = await service.kept.store.transaction({ kind: 'system' }, tx => tx.funnels(query))
  return steps.find(one => one.step === step)
}

describe('the funnel of real turns', () => {
  test('counts arrivals, answers, bad answers, examples and hand-overs at a question', async () => {
    expect(await stepOf('applicantId')).toEqual({
      ...{ flow: 'birth-registration', revision: 2, step: 'applicantId' },
      ...{ entered: 2, answered: 1, invalid: 6, example: 4, handedOff: 1, left: 0 },
    })
  })

  test('counts those who left where they left, said twice or confirmed', async () => {
    expect(await stepOf('applicantName')).toMatchObject({ entered: 3, answered: 2, left: 1 })
    expect(await stepOf('consent')).toMatchObject({ entered: 4, answered: 3, left: 1 })
  })

  test('has the steps of a revision by how many came there', async () => {
    const query = { flow: 'birth-registration', from: startOfDay(today), until: startOfDay(addDays(today, 1)) }
    const steps = await service.kept.store.transaction({ kind: 'system' }, tx => tx.funnels(query))
    const entered = steps.map(step => step.entered)
    expect(entered.length).toBeGreaterThan(4)
    expect(entered).toEqual(entered.toSorted((a, b) => b - a))
  })

  test('holds names of steps and counts, nothing else', async () => {
    const counted = await funnel('county')
    const said = JSON.stringify(counted)
    expect(said).not.toMatch(/李小红|420702199001010009|12345/)
  })
})

test('the county sees no count in which single people could be found again', async () => {
  const counted = await funnel('county')
  const step = counted.ok ? counted.value.find(one => one.step === 'applicantId') : undefined
  expect(step).toMatchObject({ entered: null, answered: null, invalid: 6, example: null, handedOff: null, left: 0 })
})

test('other days and other flows are empty', async () => {
  const yesterday = addDays(today, -1)
  expect(await funnel('county', { from: addDays(today, -9), to: yesterday })).toEqual({ ok: true, value: [] })
  expect(await funnel('county', { flow: 'no-such-flow' })).toEqual({ ok: true, value: [] })
})

test('other roles, turned ranges and more than a year are refused', async () => {
  for (const role of ['village', 'town', 'auditor'] as const) {
    expect(await funnel(role)).toEqual({ ok: false, refusal: { code: 'notAllowed' } })
  }
  const bad = { ok: false, refusal: { code: 'badInput', fields: ['from', 'to'] } }
  expect(await funnel('county', { from: today, to: addDays(today, -1) })).toEqual(bad)
  expect(await funnel('county', { from: addDays(today, -366) })).toEqual(bad)
  expect(await funnel('county', { from: addDays(today, -365) })).toMatchObject({ ok: true })
})
