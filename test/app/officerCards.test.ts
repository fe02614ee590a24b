import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CardPlan } from '../../src/app/officerCards/cardPort.ts'
import { nameTask } from '../../src/app/officerCards/nameTask.ts'
import { LATER_MS, pressCard, type CardAct } from '../../src/app/officerCards/pressCard.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'
import { openInstance, type Instance } from './instance.ts'

const DAY = 86_400_000
let database: TestDatabase
let service: Instance
beforeAll(async () => {
  database = await testDatabase()
  service = openInstance(database)
})
afterAll(() => database?.close())

const now = () => database.world.now()
const plan = (change: Partial<CardPlan> = {}): CardPlan => ({
  ...{ at: now(), since: now() - DAY, cap: 20, capSince: now() - DAY, dueBy: null },
  ...change,
})
let serials = 100
const file = (village: string) =>
  registerUpTo(
    'submit',
    answersOf(village, withCheck(`4207021991${String((serials += 1)).padStart(4, '0')}000`)),
    text => service.say(`resident ${serials}`, text),
  )

/** An officer of a village of his own, bound as `sender`. */
async function bound(village: string, sender: string) {
  const officer = await service.appoint(randomUUID(), 'village', village)
  await service.kept.officers.bind({ channel: 'wecom', sender, officerId: officer.id, at: now() - 1 })
  return officer
}

const press = (sender: string, cardId: string, act: CardAct, code: string) =>
  pressCard(
    {
      ...{ cards: service.kept.cards, auth: service.kept.auth, officer: service.app.officer, now },
      name: named => nameTask(service.parts, service.kept.auth, named),
    },
    { channel: 'wecom', sender, cardId, act, codeHash: createHash('sha256').update(code).digest() },
  )

test('a task makes one card, which one of two workers sends; the same press twice has one effect', async () => {
  const { cards } = service.kept
  await bound('420702104212', 'one')
  await file('420702104212')
  await Promise.all([cards.plan('wecom', plan()), cards.plan('wecom', plan())])
  const [first, second] = await Promise.all([cards.take('wecom', now(), 20), cards.take('wecom', now(), 20)])
  const [card, ...more] = [...first, ...second]
  expect(more).toEqual([])
  expect(card).toMatchObject({ sender: 'one', fence: 0, attempts: 1 })
  if (!card) return
  await cards.sent(card, now())
  expect(await cards.plan('wecom', plan())).toBe(0)

  const both = await Promise.all([press('one', card.id, 'lease', 'a'), press('one', card.id, 'lease', 'a')])
  expect(both.map(pressed => pressed?.outcome).sort()).toEqual(['leased', 'mine'])
  expect(await press('one', card.id, 'lease', 'b')).toMatchObject({ outcome: 'mine' })
  const hash = createHash('sha256').update('a').digest()
  const changes = await Promise.all([cards.mayChange(hash, now()), cards.mayChange(hash, now())])
  expect(changes.filter(Boolean)).toHaveLength(1)
  const leases = await database.sql(`select 1 from task_action where task_id = $1 and type = 'leased'`, [card.taskId])
  expect(leases).toHaveLength(1)
  expect(await press('nobody', card.id, 'lease', 'c')).toMatchObject({ outcome: 'unbound', task: null })
  expect(await press('one', randomUUID(), 'lease', 'd')).toBeNull()
})

test('of fifty who press at once one has the task, and the others are told whose it is', async () => {
  const { cards } = service.kept
  const village = '420702104213'
  const senders = Array.from({ length: 10 }, (_, n) => `crowd-${n}`)
  for (const sender of senders) await bound(village, sender)
  await file(village)
  await cards.plan('wecom', plan())
  const [card] = await cards.take('wecom', now(), 20)
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, n) => press(senders[n % 10] ?? '', card?.id ?? '', 'lease', `crowd ${n}`)),
  )
  const outcomes = all.map(pressed => pressed?.outcome)
  expect(outcomes.filter(outcome => outcome === 'leased')).toHaveLength(1)
  expect(outcomes.filter(outcome => outcome === 'taken')).toHaveLength(45)
  expect(outcomes.filter(outcome => outcome === 'mine')).toHaveLength(4)
}, 60_000)

test('later comes once more, while the task waits; what was taken meanwhile is not shown', async () => {
  const { cards } = service.kept
  const village = '420702104214'
  await bound(village, 'two')
  await file(village)
  await cards.plan('wecom', plan())
  const [card] = await cards.take('wecom', now(), 20)
  if (!card) throw new Error('no card')
  await cards.sent(card, now())
  for (const code of ['x', 'y']) await press('two', card.id, 'later', code)
  expect(await cards.take('wecom', now(), 20)).toEqual([])
  const [again, ...more] = await cards.take('wecom', now() + LATER_MS + 1000, 20)
  expect(more).toEqual([])
  expect(again).toMatchObject({ taskId: card.taskId, sender: 'two' })
  if (!again) return
  await cards.retry(again, 'throttled', now() + LATER_MS + 5000)
  await database.sql(`update task set status = 'done' where id = $1`, [card.taskId])
  expect(await cards.take('wecom', now() + LATER_MS + 10_000, 20)).toEqual([])
})

test('no card for what came before the binding, above the cap, or hidden from the officer', async () => {
  const { cards } = service.kept
  const village = '420702104215'
  await file(village)
  const officer = await service.appoint(randomUUID(), 'village', village)
  await service.kept.officers.bind({ channel: 'wecom', sender: 'three', officerId: officer.id, at: now() })
  expect(await cards.plan('wecom', plan())).toBe(0)
  await file(village)
  expect(await cards.plan('wecom', plan({ cap: 0 }))).toBe(0)
  await database.sql(`update task set hidden_from = array[$1] where region_code = $2`, [officer.id, village])
  expect(await cards.plan('wecom', plan())).toBe(0)
  await database.sql(`update task set hidden_from = '{}' where region_code = $1`, [village])
  expect(await cards.plan('wecom', plan())).toBe(1)
})

test('a pressed card names its task: what the officer sends next belongs to it, even his very first words', async () => {
  const { cards } = service.kept
  const village = '420702104215'
  await bound(village, 'speaks')
  await file(village)
  await cards.plan('wecom', plan())
  const [card] = await cards.take('wecom', now(), 20)
  if (!card) throw new Error('no card')
  await cards.sent(card, now())
  await press('speaks', card.id, 'lease', 'named')
  const residentId = await service.kept.auth.residentBySender({ channel: 'wecom', sender: 'speaks', at: now() })
  const held = await service.parts.store.transaction({ kind: 'system' }, tx => tx.turns.lock(residentId))
  expect(held?.conversation?.namedTask?.taskId).toBe(card.taskId)
})
