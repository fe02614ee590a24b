import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import type { World } from '../../src/domain/world.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { askedForHelp, inChat, type Chat } from './inChat.ts'
import { openInstance, type Instance } from './instance.ts'

/* 替班 by chat: an officer does what waits with a colleague who is away, under his own name. */

const OWN = '420702104601'
const OTHER = '420702104602'

let now = Date.parse('2026-11-23T09:00:00+08:00')
let database: TestDatabase
let service: Instance
let wang: Chat
let zhang: Chat

beforeAll(async () => {
  database = await testDatabase()
  const world: World = { ...database.world, now: () => now }
  service = openInstance(database, world)
  wang = await inChat(service, () => now, '王替班', 'village', OWN)
  zhang = await inChat(service, () => now, '张离岗', 'village', OTHER)
})
afterAll(() => database?.close())

async function newTask(village: string): Promise<string> {
  now += 1000
  return askedForHelp(service, database, village)
}

const lastActor = async (id: string) => {
  const actions = await service.kept.store.transaction({ kind: 'system' }, tx => tx.tasks.actions(id))
  return actions.at(-1)
}

test('who stands in for nobody hears so, and does nothing in another village', async () => {
  const id = await newTask(OTHER)
  expect(await wang.says('替班')).toBe('今天您没有替谁的班。')
  expect(await wang.says('待办')).toBe('现在没有待办任务。')
  await zhang.says('待办')
  await zhang.says('接单 1')
  await zhang.says('办结 1 打过电话')
  expect((await lastActor(id))?.event.type).toBe('done')
})

test('a substitute sees the colleague’s list, and his orders say for whom; the log has his name and that place', async () => {
  const desk = makeTaskDesk(service.parts)
  const away = { officerId: zhang.officer.id, from: '2026-11-23', to: '2026-11-23', substituteId: wang.officer.id }
  expect(await desk.setAbsence(zhang.officer, away)).toMatchObject({ ok: true })
  const [own, other, third] = [await newTask(OWN), await newTask(OTHER), await newTask(OTHER)]
  expect(await wang.says('待办')).toMatch(/1\. [^]*今天您还替张离岗的班，回复“替班”/)
  expect(await wang.says('接单 1')).toMatch(/^已接单：/)
  expect(await wang.says('我替谁的班')).toMatch(/^今天您替班[^]*张离岗（.*）：\n1\. [^]*待接[^]*2\. /)
  expect(await wang.says('接单 1')).toMatch(/^代张离岗——已接单：/)
  expect(await lastActor(other)).toMatchObject({
    actor: { kind: 'officer', id: wang.officer.id, role: 'village', regionCode: OTHER },
    event: { type: 'leased' },
  })
  expect(await wang.says('挂起 1')).toContain('为什么挂起')
  expect(await wang.says('等他回来再说')).toMatch(/^代张离岗——已挂起/)
  await wang.says('恢复 1')
  expect(await wang.says('接单 2')).toContain('代张离岗——')
  expect((await wang.says('1和2都办结，打过电话')).match(/代张离岗——已办结/g)).toHaveLength(2)
  expect([await lastActor(other), await lastActor(third)]).toMatchObject([
    { actor: { id: wang.officer.id, regionCode: OTHER }, event: { type: 'done' } },
    { actor: { id: wang.officer.id, regionCode: OTHER }, event: { type: 'done' } },
  ])
  expect(await lastActor(own)).toMatchObject({ actor: { regionCode: OWN }, event: { type: 'leased' } })
})

test('the day after the absence it is over, also for a list that was shown before', async () => {
  const id = await newTask(OTHER)
  await wang.says('替班')
  now += 24 * 3_600_000
  expect(await wang.says('接单 1')).toContain('没有找到这件任务')
  expect((await lastActor(id))?.event.type).toBe('created')
})

test('a photo that went to the wrong task comes back and goes to the right one', async () => {
  const [first, second] = [await newTask(OWN), await newTask(OWN)]
  const piecesOf = async (id: string) =>
    (await service.kept.store.transaction({ kind: 'system' }, tx => tx.evidence.ofTask(id)))
      .map(({ piece }) => piece.kind)
      .toSorted()
  const residentId = await service.kept.auth.residentBySender({ channel: 'web', sender: wang.sender, at: now })
  await service.kept.auth.saveUpload({
    residentId,
    id: 'p-wrong',
    mimeType: 'image/png',
    bytes: new Uint8Array([1]),
    at: now,
  })
  const list = await wang.says('待办')
  const open = [...list.matchAll(/^(\d+)\. [^\n]*待接/gm)].map(match => match[1])
  await wang.says(`接${open.join('、')}`)
  await wang.says(`查 ${open[1]}`)
  expect(await wang.sends({ photo: 'p-wrong' })).toContain('照片1张')
  expect(await wang.sends({ place: '三组' })).toContain('位置1处')
  expect(await piecesOf(second)).toEqual(['photo', 'place'])
  expect(await wang.says('附错了')).toMatch(/拿回来了：照片1张位置1处[^]*附到哪一件/)
  expect(await piecesOf(second)).toEqual([])
  const [kept] = await database.sql(`select kept from upload where id = 'p-wrong'`)
  expect(kept?.['kept']).toBe(false)
  expect(await wang.says(`附到 ${open[0]}`)).toContain('照片1张')
  expect(await piecesOf(first)).toEqual(['photo', 'place'])
  expect(await wang.says('附错了')).toContain('拿回来了')
  expect(await wang.says('附错了')).toContain('没有刚附上的')
})
