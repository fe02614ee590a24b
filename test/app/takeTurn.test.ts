import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App, InboundMessage } from '../../src/app/app.ts'
import { makeApp } from '../../src/app/makeApp.ts'
import type { AppParts } from '../../src/app/parts.ts'
import { readConfig } from '../../src/runtime/config.ts'
import { loadKnowledge, type Knowledge } from '../../src/runtime/knowledge.ts'
import { appParts } from '../../src/runtime/wireApp.ts'
import { answersOf, registerUpTo, withCheck } from '../e2e/registration.ts'
import { testDatabase, type TestDatabase } from '../store/database.ts'

/* Turns on the real store and the real flows, several instances of the service in one process. */

let database: TestDatabase
let knowledge: Knowledge
const reported: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  knowledge = loadKnowledge('.')
})

afterAll(async () => {
  await database.close()
})

/** One instance of the service, with connections of its own. */
function instance(change: (parts: AppParts) => AppParts = parts => parts): App {
  const { store } = database.open()
  const parts = appParts(readConfig({}), knowledge, {
    store,
    world: database.world,
    wake: { outbox: () => undefined, timers: () => undefined },
    report: (_error, where) => reported.push(where),
  })
  return makeApp(change(parts))
}

function message(sender: string, text: string, more: Partial<InboundMessage> = {}): InboundMessage {
  return {
    address: { channel: 'web', sender, messageKey: randomUUID() },
    input: { kind: 'text', text },
    said: text,
    receivedAt: database.world.now(),
    passiveBudgetMs: null,
    ...more,
  }
}

test('two messages of one person on two instances at the same moment: both count, one after the other', async () => {
  const [one, two] = [instance(), instance()]
  const sender = randomUUID()
  for (const text of ['生育登记', '孩子妈妈', '同意']) await one.takeTurn(message(sender, text))
  const steps = await Promise.all([
    one.takeTurn(message(sender, '李秀英')),
    two.takeTurn(message(sender, withCheck('42070219940404000'))),
  ])
  // Whoever came second met the question after the first's answer; neither was lost and neither counted twice.
  expect(new Set(steps.map(({ state }) => state.step)).size).toBe(2)
  const rows = await database.sql('select count(*)::int as n from inbox where turn_id = any($1)', [
    steps.map(({ turnId }) => turnId),
  ])
  expect(rows).toEqual([{ n: 2 }])
})

test('fifty deliveries of one message over two instances have one effect and one answer', async () => {
  const instances = [instance(), instance()]
  const sender = randomUUID()
  const same = message(sender, '生育登记')
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 ? instances[0] : instances[1])?.takeTurn(same)),
  )
  expect(new Set(answers.map(answer => answer?.turnId)).size).toBe(1)
  expect(answers.filter(answer => !answer?.repeated)).toHaveLength(1)
})

test('past the budget of the channel the answer leaves by the outbox, written in the same transaction', async () => {
  const app = instance()
  const late = message(randomUUID(), '生育登记', { receivedAt: database.world.now() - 4000, passiveBudgetMs: 3500 })
  const answer = await app.takeTurn(late)
  expect(answer.delivery).toBe('outbox')
  const rows = await database.sql('select status from outbox where dedupe_key = $1', [`turn:${answer.turnId}`])
  expect(rows).toEqual([{ status: 'created' }])
})

test('a command that fails again and again: the resident gets a sentence, an officer the half-filled case', async () => {
  const app = instance(parts => ({
    ...parts,
    clocks: () => {
      throw new TypeError('a fault of ours')
    },
  }))
  const sender = randomUUID()
  const answers = answersOf('420702104212', withCheck('42070219950505000'))
  const answer = await registerUpTo('submit', answers, text => app.takeTurn(message(sender, text)))
  expect(answer?.replies.map(({ text }) => text).join('')).toContain('工作人员')
  expect(reported).toEqual(['command submitBirthRegistration', 'command submitBirthRegistration'])
  const tasks = await database.sql(`select source, region_code from task where source = 'halfFilledCase'`)
  expect(tasks).toEqual([{ source: 'halfFilledCase', region_code: '420702104212' }])
  expect(await database.sql(`select 1 from application where region_code = '420702104212'`)).toEqual([])
  // And the chat goes on.
  const next = await app.takeTurn(message(sender, '进度'))
  expect(next.replies.length).toBeGreaterThan(0)
})

test('one failure is taken for the database and tried again', async () => {
  let calls = 0
  const app = instance(parts => ({
    ...parts,
    clocks: application => {
      if (calls++ === 0) throw new Error('once')
      return parts.clocks(application)
    },
  }))
  const sender = randomUUID()
  const answers = answersOf('420702104212', withCheck('42070219960606000'))
  const answer = await registerUpTo('submit', answers, text => app.takeTurn(message(sender, text)))
  expect(answer?.state.applicationNumber ?? answer?.replies.map(({ text }) => text).join('')).toMatch(/SY\d{6}-\d{6}/)
})
