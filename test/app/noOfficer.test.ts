import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Cases of places that nobody has been appointed to. */

let database: TestDatabase
let service: Instance
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
})
afterAll(() => database?.close())

const HOME = '420702'
const ELSEWHERE = '420704108202'

async function file(village: string, serial: string) {
  const sender = randomUUID()
  const answers = answersOf(village, withCheck(serial))
  const last = await registerUpTo('submit', answers, text => service.say(sender, text))
  const said = last?.replies.map(({ text }) => text).join('\n') ?? ''
  return { sender, said, number: said.match(/SY\d{6}-\d{6}/)?.[0] ?? '' }
}

const tasks = () =>
  database.sql(`select summary, region_code as region from task where source = 'noOfficer' order by id`)

test('while not even the home county has an officer, the resident is told so and the case is kept', async () => {
  const { said, number } = await file(ELSEWHERE, '42070219910101000')
  expect(number).not.toBe('')
  expect(said).toContain('还没有经办人，请向当地核实')
  expect(await database.sql('select region_code as region from application where number = $1', [number])).toEqual([
    { region: ELSEWHERE },
  ])
  expect(await tasks()).toHaveLength(1)
})

test('the home county is asked to pass the case on, and the resident hears who passes it on to whom', async () => {
  await database.sql(`delete from task_action; delete from task`)
  const county = await service.appoint('county', 'county', HOME)
  const { sender, said, number } = await file(ELSEWHERE, '42070219910202000')
  const place = service.parts.regionName(ELSEWHERE)
  const told = `${service.parts.regionName(HOME)}（转交${place}）`
  expect(said).toContain(told)
  const [task, ...more] = await tasks()
  expect(task).toEqual({ summary: `办件 ${number}：${place} 没有经办人，请转交当地`, region: HOME })
  expect(more).toEqual([])
  const { items } = await service.app.officer.tasks(county, { limit: 20 })
  expect(items.map(({ source }) => source)).toEqual(['noOfficer'])
  const audited = await database.sql(`select region_code as region, detail from audit
    where action = 'application.noOfficer' order by seq desc limit 1`)
  expect(audited).toEqual([{ region: HOME, detail: { number, place: ELSEWHERE } }])
  // Asked later, the answer is the same.
  const { resident } = await service.kept.store.turns.open(
    { channel: 'web', sender, messageKey: randomUUID() },
    database.world.now(),
  )
  const page = await service.app.resident.applications(resident.id, { limit: 1 })
  expect(page.items[0]?.office).toBe(told)
})

test('once somebody is there the case is his, and nobody else is asked', async () => {
  await service.appoint('town2', 'town', ELSEWHERE.slice(0, 9))
  const before = await tasks()
  const { said } = await file(ELSEWHERE, '42070219910303000')
  expect(said).toContain(service.parts.regionName(ELSEWHERE.slice(0, 9)))
  expect(said).not.toContain('转交')
  expect(await tasks()).toEqual(before)
})
