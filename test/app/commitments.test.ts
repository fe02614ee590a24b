import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchCommitments } from '../../src/app/cases/watchCommitments.ts'
import type { Officer } from '../../src/domain/officer.ts'
import type { World } from '../../src/domain/world.ts'
import { withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* A promise in place of a paper, from the chat to the check, the breach and its end. */

const VILLAGE = '410102001002'
const DAY_MS = 86_400_000

let database: TestDatabase
let service: Instance
let officer: Officer
let county: Officer
let later = 0
/** What chance says next: 0 draws, 255 does not. */
let chance = 0

beforeAll(async () => {
  database = await testDatabase()
  const real = database.world
  const world: World = {
    ...real,
    now: () => real.now() + later,
    randomBytes: length => (length === 4 ? new Uint8Array(4).fill(chance) : real.randomBytes(length)),
  }
  service = openInstance({ ...database, world })
  officer = await service.appoint('henan', 'village', VILLAGE)
  county = await service.appoint('henan-county', 'county', VILLAGE.slice(0, 6))
})
afterAll(() => database?.close())

const texts = (answer: Awaited<ReturnType<Instance['say']>>) => answer.replies.map(({ text }) => text).join('\n')

/** Walks to the end of a permit in Henan; answers what was said last. */
async function applyWith(sender: string, idNumber: string, words: string[]): Promise<string> {
  const lines = [
    '办再生育证',
    '郑州市中原区碧沙岗社区',
    '给自己办',
    '同意',
    '李小红',
    idNumber,
    '13800000000',
    '没有',
    '3',
    '1',
    ...words,
  ]
  let last = ''
  for (const line of lines) last = texts(await service.say(sender, line))
  return last
}

const promised = (sender: string, idNumber: string) => applyWith(sender, idNumber, ['我承诺', '我承诺，属实', '提交'])
const openTasks = async (who: Officer, source: string) =>
  (await service.app.officer.tasks(who, { status: ['open'], limit: 50 })).items.filter(task => task.source === source)
const row = async (idOfApplication: string) =>
  (
    await database.sql(
      'select status, drawn, text_version, text_hash, correct_by from commitment where application_id = $1',
      [idOfApplication],
    )
  )[0]

async function granted(number: string): Promise<string> {
  const { items } = await service.app.officer.applications(officer, { limit: 50 })
  const found = items.find(item => item.number === number)
  const task = found?.taskId ?? ''
  const leased = await service.app.officer.lease(officer, task, null)
  if (!found || !leased.ok) throw new Error('no such case')
  const decided = await service.app.officer.decide(officer, found.id, leased.value.fence, { decision: 'granted' })
  if (!decided.ok) throw new Error(decided.refusal.code)
  return found.id
}

async function check(taskId: string, result: 'kept' | 'broken' | 'mended', who = officer) {
  const leased = await service.app.officer.lease(who, taskId, null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  return service.app.officer.check(who, taskId, leased.value.fence, { result, evidence: '看过民政数据' })
}

const numberIn = (said: string) => /ZS\d{6}-\d{6}/.exec(said)?.[0] ?? ''

test('a promise is kept with the version and hash of its text; chance that says no leaves it alone', async () => {
  const said = await promised(randomUUID(), withCheck('41010119920305000'))
  expect(said).toContain('结婚证您已承诺，不用交')
  chance = 255
  const id = await granted(numberIn(said))
  expect(await row(id)).toMatchObject({ status: 'made', drawn: null, text_version: 1 })
  expect((await row(id))?.['text_hash']).toMatch(/^[0-9a-f]{64}$/)
  await watchCommitments(service.parts, 10)
  expect(await row(id)).toMatchObject({ status: 'made', drawn: false })
  expect(await openTasks(officer, 'commitmentCheck')).toEqual([])
})

test('a paper that is brought leaves no promise', async () => {
  const said = await applyWith(randomUUID(), withCheck('41010119920306000'), ['我带来', '提交'])
  expect(said).not.toContain('已承诺')
  expect(await row(await granted(numberIn(said)))).toBeUndefined()
})

test('a drawn one becomes a task, which ends by its result and by nothing else', async () => {
  const said = await promised(randomUUID(), withCheck('41010119920307000'))
  chance = 0
  const id = await granted(numberIn(said))
  await watchCommitments(service.parts, 10)
  await watchCommitments(service.parts, 10)
  const [task, ...others] = await openTasks(officer, 'commitmentCheck')
  expect(others).toEqual([])
  expect(task?.summary).toMatch(/承诺抽查：结婚证，李\*/)
  const leased = await service.app.officer.lease(officer, task?.id ?? '', null)
  if (!leased.ok) throw new Error(leased.refusal.code)
  expect(leased.value.allowedActions).toContain('check')
  expect(await service.app.officer.close(officer, task?.id ?? '', leased.value.fence, '好了')).toMatchObject({
    ok: false,
  })
  expect(await check(task?.id ?? '', 'mended')).toMatchObject({
    ok: false,
    refusal: { code: 'notAllowed', allowed: ['kept', 'broken'] },
  })
  expect(await check(task?.id ?? '', 'kept')).toMatchObject({ ok: true, value: { status: 'done' } })
  expect(await row(id)).toMatchObject({ status: 'kept' })
})

test('a breach is told, closes the way until it is mended, and then opens it again', async () => {
  const idNumber = withCheck('41010119920308000')
  const sender = randomUUID()
  const id = await granted(numberIn(await promised(sender, idNumber)))
  await watchCommitments(service.parts, 10)
  const [task] = await openTasks(officer, 'commitmentCheck')
  expect(await check(task?.id ?? '', 'broken')).toMatchObject({ ok: true })
  expect(await row(id)).toMatchObject({ status: 'broken' })
  const told = await database.sql(`select count(*)::int as n from outbox where dedupe_key like 'commitment:%:broken'`)
  expect(told).toEqual([{ n: 1 }])
  // Another account, the same person: no promise is offered, and why is not said.
  const asked = await applyWith(randomUUID(), idNumber, [])
  expect(asked).toContain('带上结婚证')
  expect(asked).not.toContain('承诺')
  const view = await service.app.officer.application(officer, id)
  expect(view).toMatchObject({ ok: true, value: { breachOpen: true } })
  const [correction] = await openTasks(officer, 'commitmentCheck')
  expect(correction?.summary).toContain('承诺补正')
  expect(await check(correction?.id ?? '', 'mended')).toMatchObject({ ok: true })
  expect(await applyWith(randomUUID(), idNumber, [])).toContain('写个承诺代替')
})

test('what nobody mends is reminded of twice and then goes to the county', async () => {
  const id = await granted(numberIn(await promised(randomUUID(), withCheck('41010119920309000'))))
  await watchCommitments(service.parts, 10)
  const [task] = await openTasks(officer, 'commitmentCheck')
  await check(task?.id ?? '', 'broken')
  const reminders = async () =>
    (await database.sql(`select dedupe_key from outbox where dedupe_key like 'commitment:%:remind:%'`)).length
  for (let day = 0; day < 30; day++) {
    later += DAY_MS
    await watchCommitments(service.parts, 10)
    await watchCommitments(service.parts, 10)
  }
  expect(await reminders()).toBe(2)
  expect(await row(id)).toMatchObject({ status: 'expired' })
  expect(await openTasks(officer, 'commitmentCheck')).toEqual([])
  expect(await openTasks(officer, 'commitmentBreach')).toEqual([])
  const [breach] = await openTasks(county, 'commitmentBreach')
  expect(breach?.summary).toContain('承诺逾期未补正')
  expect(await check(breach?.id ?? '', 'mended', county)).toMatchObject({ ok: true })
  expect(await row(id)).toMatchObject({ status: 'mended' })
})

test('an officer of another place finds no such task', async () => {
  const stranger = await service.appoint('hubei', 'village', '420702104212')
  const id = await granted(numberIn(await promised(randomUUID(), withCheck('41010119920310000'))))
  await watchCommitments(service.parts, 10)
  const [task] = await openTasks(officer, 'commitmentCheck')
  expect(task?.applicationId).toBe(id)
  const found = { result: 'kept' as const, evidence: '看过' }
  expect(await service.app.officer.check(stranger, task?.id ?? '', 0, found)).toEqual({
    ok: false,
    refusal: { code: 'notFound' },
  })
})
