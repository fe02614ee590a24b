import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shanghaiDate } from '../../src/domain/world.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

let database: TestDatabase
let service: Instance
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
})
afterAll(() => database?.close())

const tasksOf = async (sender: string) => {
  const { resident } = await service.kept.store.turns.open(
    { channel: 'web', sender, messageKey: randomUUID() },
    database.world.now(),
  )
  return database.sql(
    `select id, summary, status, promise_due::text as due from task where resident_id = $1 order by created_at`,
    [resident.id],
  )
}

test('who asks for a person five times outside any matter opens one task', async () => {
  const sender = randomUUID()
  for (let n = 0; n < 5; n++) {
    const { replies } = await service.say(sender, '人工')
    expect(replies.length).toBeGreaterThan(0)
  }
  expect(await tasksOf(sender)).toHaveLength(1)
})

test('who asks for a person five times in one matter opens one task, and a new one when the first is closed', async () => {
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '人工', '继续', '人工', '人工', '继续', '人工', '人工'])
    await service.say(sender, text)
  const [first, ...more] = await tasksOf(sender)
  expect(more).toEqual([])
  await database.sql(`update task set status = 'done' where id = $1`, [first?.['id']])
  await service.say(sender, '继续')
  await service.say(sender, '人工')
  expect(await tasksOf(sender)).toHaveLength(2)
})

test('distress is never hidden behind a task that waits already, and stands first in the list, due today', async () => {
  const sender = randomUUID()
  await service.say(sender, '人工')
  await service.say(sender, '我不想活了')
  await service.say(sender, '我不想活了')
  const tasks = await tasksOf(sender)
  expect(tasks).toHaveLength(2)
  const [help, distress] = tasks
  expect(distress?.['due']).toBe(shanghaiDate(database.world.now()))
  expect(String(help?.['due']) > String(distress?.['due'])).toBe(true)
})

test('who asks at the front desk can be found: by the case he has, or the line says that there is nothing to call by', async () => {
  const sender = randomUUID()
  await service.say(sender, '人工')
  expect((await tasksOf(sender))[0]?.['summary']).toBe(
    '群众要求人工服务，请联系（网页；没有办件，也没留电话，只能等本人再发消息）',
  )
  const answers = answersOf('420702104212', withCheck('42070219910505000'))
  const filed = await registerUpTo('submit', answers, text => service.say(sender, text))
  const number =
    filed?.replies
      .map(({ text }) => text)
      .join('')
      .match(/SY\d{6}-\d{6}/)?.[0] ?? ''
  expect(number).not.toBe('')
  await service.say(sender, '我不想活了')
  const distress = (await tasksOf(sender)).at(-1)
  expect(distress?.['summary']).toBe(`群众说了令人担心的话，请马上联系（网页；办件 ${number}，李*）`)
  const county = await service.appoint('county', 'county', '420702')
  const found = await service.app.officer.task(county, String(distress?.['id']))
  const application = found.ok ? found.value.task.detail?.application : null
  expect(application).toMatchObject({ number, maskedName: '李*' })
  expect(await service.app.officer.application(county, application?.id ?? '')).toMatchObject({ ok: true })
})

test('whose case lies outside the home county is called from there, when somebody is there', async () => {
  await service.appoint('town2', 'town', '420704108')
  const sender = randomUUID()
  const answers = answersOf('420704108202', withCheck('42070219910606000'))
  await registerUpTo('submit', answers, text => service.say(sender, text))
  await service.say(sender, '我不想活了')
  const distress = (await tasksOf(sender)).at(-1)
  const [row] = await database.sql('select region_code as region from task where id = $1', [distress?.['id']])
  expect(row).toEqual({ region: '420704108202' })
})
