import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Officer } from '../../src/domain/officer.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* Half-filled cases and who sees what stands in them. */

let database: TestDatabase
let service: Instance
let holder: Officer
let other: Officer
let taskId: string

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  holder = await service.appoint('holder', 'county', '420702')
  other = await service.appoint('other', 'county', '420702')
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '同意', '李秀英', '人工']) await service.say(sender, text)
  const { items } = await service.app.officer.tasks(holder, { limit: 1 })
  taskId = items[0]?.id ?? ''
  await service.app.officer.lease(holder, taskId, null)
})
afterAll(() => database?.close())

const looks = () =>
  database.sql(`select actor ->> 'id' as who, object_id, region_code as region, detail ->> 'reason' as why
  from audit where action = 'task.reveal'`)

test('who does not hold the task sees nothing, and no look is written down', async () => {
  expect(await service.app.officer.revealTask(other, taskId, '看看')).toMatchObject({ refusal: { code: 'notAllowed' } })
  const far = await service.appoint('far', 'town', '420704108')
  expect(await service.app.officer.revealTask(far, taskId, '看看')).toMatchObject({ refusal: { code: 'notFound' } })
  expect(await looks()).toEqual([])
})

test('the holder sees the answers as given, and who looked is written down, the reason sealed', async () => {
  const shown = await service.app.officer.revealTask(holder, taskId, '给李秀英打电话')
  expect(shown).toMatchObject({ ok: true, value: { applicantName: '李秀英' } })
  const [look, ...more] = await looks()
  expect(look).toMatchObject({ who: holder.id, object_id: taskId, region: '420702' })
  expect(String(look?.['why'])).not.toContain('李秀英')
  expect(more).toEqual([])
})

test('looks at half-filled cases count against the same limit as looks at applications', async () => {
  const { revealsPerHour } = service.parts.settings
  for (let n = 1; n < revealsPerHour; n++) await service.app.officer.revealTask(holder, taskId, '联系')
  expect(await service.app.officer.revealTask(holder, taskId, '联系')).toMatchObject({
    refusal: { code: 'tooManyReveals' },
  })
  expect(await looks()).toHaveLength(revealsPerHour)
})
