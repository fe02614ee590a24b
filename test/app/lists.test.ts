import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp } from '../../src/app/makeApp.ts'
import type { Tx } from '../../src/app/ports.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

const VILLAGE = '420702104212'
const SENDER = randomUUID()

let database: TestDatabase
let service: Instance
let village: Officer
let residentId: string
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
  village = await service.appoint('village', 'village', VILLAGE)
  for (const id of ['42070219940401000', '42070219940402000', '42070219940403000'])
    await registerUpTo('submit', answersOf(VILLAGE, withCheck(id)), text => service.say(SENDER, text))
  await grantFirst()
  const address = { channel: 'web' as const, sender: SENDER, messageKey: randomUUID() }
  residentId = (await service.kept.store.turns.open(address, database.world.now())).resident.id
})
afterAll(() => database?.close())

async function grantFirst(): Promise<void> {
  const [task] = (await service.app.officer.tasks(village, { limit: 1 })).items
  const leased = await service.app.officer.lease(village, task?.id ?? '', null)
  const fence = leased.ok ? leased.value.fence : 0
  await service.app.officer.decide(village, task?.applicationId ?? '', fence, { decision: 'granted' })
}

/** The use cases, with a count of what they ask the store. */
function counted() {
  const calls = { n: 0 }
  const counting = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value === 'object' && value !== null) return counting(value)
        if (typeof value === 'function') calls.n++
        return value
      },
    })
  const { store } = service.parts
  const transaction = <T>(scope: Parameters<typeof store.transaction>[0], run: (tx: Tx) => Promise<T>) =>
    store.transaction(scope, tx => run(counting(tx)))
  return { calls, app: makeApp({ ...service.parts, store: { ...store, transaction } }) }
}

test.each([
  ['tasks of an officer', (app: Instance['app'], limit: number) => app.officer.tasks(village, { limit })],
  ['applications of an officer', (app: Instance['app'], limit: number) => app.officer.applications(village, { limit })],
  [
    'applications of a resident',
    (app: Instance['app'], limit: number) => app.resident.applications(residentId, { limit }),
  ],
])('%s: a page of three asks the store no oftener than a page of one', async (_name, list) => {
  const counts = []
  for (const limit of [1, 3]) {
    const { calls, app } = counted()
    const page = await list(app, limit)
    expect(page.items).toHaveLength(limit)
    counts.push(calls.n)
  }
  // One more: only the longer page holds a case on which an officer has worked, and so a name to look up.
  expect(counts[1]).toBeLessThanOrEqual((counts[0] ?? 0) + 1)
})

test('pages follow each other without gap and without repetition', async () => {
  for (const list of [
    (cursor?: string) => service.app.officer.tasks(village, { limit: 1, ...(cursor ? { cursor } : {}) }),
    (cursor?: string) => service.app.resident.applications(residentId, { limit: 1, ...(cursor ? { cursor } : {}) }),
  ]) {
    const ids: string[] = []
    let next: string | null = null
    do {
      const page: { items: { id: string }[]; next: string | null } = await list(next ?? undefined)
      ids.push(...page.items.map(({ id }) => id))
      next = page.next
    } while (next !== null)
    expect(new Set(ids).size).toBe(3)
    expect(ids).toHaveLength(3)
  }
})

test.each([[[1, 2, 3]], [['2026-99-99', 1, 'x']], [['infinity', 1e300, 'x']], [['infinity', -1, 'x']], [['x']], [{}]])(
  'a cursor that nobody of us wrote (%j) begins the list anew',
  async key => {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url')
    expect((await service.app.officer.tasks(village, { limit: 5, cursor })).items).toHaveLength(3)
    expect((await service.app.officer.applications(village, { limit: 5, cursor })).items).toHaveLength(3)
  },
)

test('in a list the names of those who acted stand beside what they did', async () => {
  const page = await service.app.officer.applications(village, { limit: 5 })
  const granted = page.items.find(({ status }) => status !== 'submitted')
  expect(granted?.log.map(({ type, actor }) => [type, actor])).toEqual([
    ['submitted', '群众'],
    ['firstReceived', 'village'],
    ['granted', 'village'],
  ])
  const [view] = (await service.app.resident.applications(residentId, { limit: 5 })).items.slice(-1)
  expect(view).toMatchObject({ certificateNumber: granted?.certificateNumber, office: expect.stringContaining('下柯') })
})
