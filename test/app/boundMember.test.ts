import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeIdentities } from '../../src/app/officer/identities.ts'
import { makeTaskDesk } from '../../src/app/tasks/taskDesk.ts'
import { makeWecomClient } from '../../src/channels/wecom/client.ts'
import { makeMemberPace } from '../../src/channels/wecom/memberPace.ts'
import { sendCards } from '../../src/channels/wecom/sendCards.ts'
import { makeWecomSender } from '../../src/channels/wecom/sender.ts'
import { memoryTokenStore } from '../../src/channels/wechat-official/token.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { openTask, taskCreated } from '../../src/domain/taskState.ts'
import { frozenWorld } from '../../src/domain/world.ts'
import { startMockWecom, type MockWecom } from '../mock-wechat/wecom.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

/* An officer whom the county bound to his WeCom account, and who never wrote a word there: all reaches him all the same. */

const VILLAGE = '420702104212'
const world = frozenWorld('2026-11-23T09:00:00+08:00')
let database: TestDatabase
let service: Instance
let mock: MockWecom
let village: Officer
let county: Officer

beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database, world)
  mock = await startMockWecom()
  village = await service.appoint('village', 'village', VILLAGE)
  county = await service.appoint('county', 'county', '420702')
})
afterAll(async () => {
  await mock?.close()
  await database?.close()
})

async function newTask(id: string): Promise<void> {
  const task = openTask({
    ...{ id, source: 'halfFilledCase', regionCode: VILLAGE, applicationId: null, summary: '群众要求人工服务' },
    ...{ promiseDue: '2026-11-27', createdAt: world.now() },
  })
  await service.parts.store.transaction({ kind: 'system' }, tx =>
    tx.tasks.insert(task, taskCreated(task, { kind: 'system' })),
  )
}

function platform() {
  const { corpId: appId, secret, agentId } = mock.app
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const config = { baseUrl: mock.baseUrl, appId, secret, timeoutMs: 1000 }
  const client = makeWecomClient({ config, world, fetch, log, store: memoryTokenStore() })
  const pace = makeMemberPace(service.kept.account)
  const deps = { agentId, client, pace, world, text: (key: string) => service.parts.text('zh-CN', key) }
  return { deps, log, sender: makeWecomSender({ ...deps, publicUrl: 'https://nx.example.cn' }) }
}

/** What the worker does with the outbox. */
async function sendAll(): Promise<void> {
  const { outbox } = service.kept
  const { sender } = platform()
  for (;;) {
    const ids = await outbox.ready(world.now(), 10)
    if (ids.length === 0) return
    for (const id of ids) {
      const taken = await outbox.take(id, world.now())
      if (!taken) continue
      expect((await sender.send(taken)).status).toBe('sent')
      await outbox.sent(taken, null, world.now())
    }
  }
}

test('he gets the card of a new task, the morning’s digest and an urging, and his answer finds the same chat', async () => {
  const member = mock.member('ZhaoMin')
  const identities = makeIdentities(service.parts)
  const desk = makeTaskDesk(service.parts)
  await newTask('t1')
  await desk.work.digests(100)
  expect(await database.sql('select from outbox')).toEqual([])

  world.advance(60_000)
  const bound = await identities.bind(county, { username: 'village', channel: 'wecom', sender: 'zhaomin' })
  expect(bound.ok).toBe(true)
  world.advance(60_000)
  await newTask('t2')
  const rules = { hours: { from: 0, to: 24 }, perDay: 30 }
  const { deps, log } = platform()
  await sendCards({ ...deps, cards: service.kept.cards, place: () => '下柯村', rules, log })
  expect(member.cards().map(({ summary }) => summary)).toEqual(['群众要求人工服务'])

  world.advance(24 * 3_600_000)
  await Promise.all([desk.work.digests(100), makeTaskDesk(openInstance(database, world).parts).work.digests(100)])
  await sendAll()
  expect(member.seen().filter(text => text.includes('早上好'))).toHaveLength(1)

  const leased = await service.app.officer.lease(village, 't2', null)
  expect(leased.ok).toBe(true)
  expect((await desk.urge(county, 't2', 1, null)).ok).toBe(true)
  await sendAll()
  expect(member.seen().at(-1)).toContain('催')
  expect(await database.sql('select from resident_identity')).toHaveLength(1)

  const answer = await service.say('zhaomin', '待办', 'wecom')
  expect(answer.replies.map(({ text }) => text).join('\n')).toContain('群众要求人工服务')
  expect(await database.sql('select from resident_identity')).toHaveLength(1)
  expect(mock.problems).toEqual([])
})

test('who writes to the app himself is told where he wrote last', async () => {
  const own = 'own-chat-of-village'
  await service.say(own, '你好')
  await service.kept.officers.bind({ channel: 'web', sender: own, officerId: village.id, at: world.now() })
  world.advance(60_000)
  await service.say(own, '待办')
  const first = () => service.parts.store.transaction({ kind: 'system' }, tx => tx.officers.residentsOf(village.id))
  const [last] = await first()
  const [web] = await database.sql(`select resident_id from resident_identity where channel = 'web'`)
  expect(last).toBe(web?.['resident_id'])
  world.advance(60_000)
  await service.say('zhaomin', '待办', 'wecom')
  expect((await first())[0]).not.toBe(last)
})

test('whom the county unbinds is told nothing there any more', async () => {
  const identities = makeIdentities(service.parts)
  await identities.unbind(county, { username: 'village', channel: 'wecom', sender: 'zhaomin' })
  const chats = await service.parts.store.transaction({ kind: 'system' }, async tx => {
    await tx.officers.openChats(village.id, world.now())
    return tx.officers.residentsOf(village.id)
  })
  expect(chats).toHaveLength(1)
})
