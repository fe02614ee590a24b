import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CrashPointName, TurnAnswer } from '../../src/app/ports.ts'
import type { TurnInput } from '../../src/conversation/types.ts'
import { openService, Killed, type Service, type Timer } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await openService()
})
afterAll(() => service?.close())

/** Places of a turn between any two of its writes, and behind the last. */
const deaths = ['turn.opened', 'turn.beforeCommit', 'command.afterRows', 'turn.afterCommit'] as const

const sentences = [
  ...[
    '生育登记',
    '孩子妈妈',
    '同意',
    '李小红',
    '13800000000',
    '沼山镇下柯村',
    '还没出生',
    '2027年3月15日',
    '0',
    '是',
    '对',
  ],
  ...['提交', '没错，提交', '1', '2', '420702199001010008', '12345', '4207021990', '2027年2月30日', '听不懂的话'],
  ...['上一步', '改第2项', '取消', '重来', '帮助', '人工', '进度', '继续', '菜单', 'English', '中文', '待办'],
]

const act = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...sentences) }) },
  // Mostly right answers, or nobody ever gets to the end.
  { weight: 40, arbitrary: fc.record({ do: fc.constant('rightAnswer' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('press' as const), nth: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hello' as const, 'voice' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('dueTimer' as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('staleTimer' as const), nth: fc.nat(40) }) },
)
/** What happens to a message on its way. */
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'plain' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again' as const), nth: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'thrice' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('dies' as const), at: fc.constantFrom(...deaths) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never

/** What answers the question of the last turn, by the slot it asks for. */
const rightAnswers: Record<string, string> = {
  ...{ registrant: '孩子妈妈', consent: '同意', applicantName: '李小红', phone: '13800000000', region: '沼山镇下柯村' },
  ...{ stage: '还没出生', birthDate: '2027年3月15日', earlierChildren: '0', married: '是', review: '没错，提交' },
}

/** One resident on his walk, with everything he ever saw. */
interface Walker {
  sender: string
  /** An identity number of his own: a second case of one person is refused. */
  idNumber: string
  messages: { key: string; input: TurnInput; answer: TurnAnswer }[]
  pressable: string[]
  asked: string | null
  timers: Timer[]
}

let people = 0
function walker(): Walker {
  const idNumber = identityNumber(people++)
  return { sender: randomUUID(), idNumber, messages: [], pressable: [], asked: null, timers: [] }
}

/** Serial 000 is never issued. */
function identityNumber(n: number): string {
  const born = new Date(Date.UTC(1985, 0, 1) + n * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const first17 = `420702${born}000`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return first17 + '10X98765432'.charAt(sum % 11)
}

function inputOf(given: Act, { pressable, asked, idNumber }: Walker): TurnInput | null {
  switch (given.do) {
    case 'say':
      return { kind: 'text', text: given.text }
    case 'rightAnswer':
      return { kind: 'text', text: asked === 'applicantId' ? idNumber : (rightAnswers[asked ?? ''] ?? '生育登记') }
    case 'press':
      return { kind: 'choice', key: pressable[given.nth % Math.max(pressable.length, 1)] ?? 'gone' }
    case 'hello':
      return { kind: 'hello' }
    case 'voice':
      return { kind: 'media', mediaId: 'm', mediaType: 'voice' }
    case 'dueTimer':
    case 'staleTimer':
      return null
  }
}

/** What is compared between two residents, and between a first and a second telling: ids differ between people. */
const essence = ({ replies, state }: TurnAnswer) => ({
  replies: replies.map(({ kind, text, choices = [] }) => [
    kind,
    withoutNumbers(text),
    choices.map(({ label }) => withoutNumbers(label)),
  ]),
  ...{ flow: state.flow, step: state.step, done: state.done },
})
const withoutNumbers = (text: string) => text.replace(/[A-Z\d*年月日]+/g, '#')

async function tell(who: Walker, key: string, input: TurnInput, how: Fate): Promise<TurnAnswer> {
  const take = (instance: number) => service.take(who.sender, key, input, instance)
  switch (how.kind) {
    case 'plain':
    case 'again':
      return take(0)
    case 'thrice':
      return sameThrice(await Promise.all([take(0), take(1), take(0)]))
    case 'dies':
      return dieAndTell(how.at, take)
  }
}

function sameThrice(answers: TurnAnswer[]): TurnAnswer {
  const [first] = answers
  if (!first) throw new Error('no answer')
  for (const { turnId, replies } of answers)
    expect({ turnId, replies }).toEqual({ turnId: first.turnId, replies: first.replies })
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
  return first
}

/** The process dies at this place; the platform has no answer and delivers again, to the other instance. */
async function dieAndTell(at: CrashPointName, take: (instance: number) => Promise<TurnAnswer>): Promise<TurnAnswer> {
  service.killAt(at)
  const died = await take(0).then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Killed)) throw error
      return true
    },
  )
  service.disarm()
  const answer = await take(1)
  // Committed before it died, or nothing was: there is no third.
  if (at === 'turn.afterCommit' || !died) expect(answer.repeated).toBe(true)
  else expect(answer.repeated).toBe(false)
  return answer
}

function note(who: Walker, key: string, input: TurnInput, answer: TurnAnswer): void {
  who.messages.push({ key, input, answer })
  who.pressable.push(...answer.replies.flatMap(({ choices = [] }) => choices.map(one => one.key)))
  who.asked = answer.replies.findLast(({ input: hint }) => hint)?.input?.slot ?? null
}

/** Steps of one turn at most: the engine stops circles at sixty, and a turn can pass three flows. */
const MOST_STOPS = 180
/** One case and an ordinary conversation. Bytes. */
const MOST_STATE = 16 * 1024

async function oneAct(troubled: Walker, calm: Walker, given: Act, how: Fate): Promise<void> {
  service.world.advance(60_000)
  if (given.do === 'dueTimer' || given.do === 'staleTimer') return fireTimers(troubled, calm, given)
  const [input, same] = [inputOf(given, troubled), inputOf(given, calm)]
  if (!input || !same) return
  const before = await service.stateOf(troubled.sender)
  const key = randomUUID()
  const answer = await tell(troubled, key, input, how)
  note(troubled, key, input, answer)
  expect(answer.replies.length, JSON.stringify(input)).toBeGreaterThan(0)
  const quiet = await service.take(calm.sender, key, same)
  note(calm, key, same, quiet)
  expect(essence(answer)).toEqual(essence(quiet))
  if (how.kind === 'again') await repeatOne(troubled, how.nth)
  const after = await service.stateOf(troubled.sender)
  // Whatever happened on the way: the message moved the conversation once.
  expect(after.version - before.version).toBe(1)
  expect(after.json.length).toBeLessThan(MOST_STATE)
  await rememberTimers(troubled)
}

/** Any message ever sent, once more, however late: the same answer word for word, and nothing moves. */
async function repeatOne(who: Walker, nth: number): Promise<void> {
  const before = await service.stateOf(who.sender)
  const earlier = who.messages[nth % who.messages.length]
  if (!earlier) return
  const again = await service.take(who.sender, earlier.key, earlier.input, nth)
  expect(again).toMatchObject({ turnId: earlier.answer.turnId, replies: earlier.answer.replies, repeated: true })
  expect(await service.stateOf(who.sender)).toEqual(before)
}

async function rememberTimers(who: Walker): Promise<void> {
  const standing = await service.timersOf(who.sender)
  const isNew = (timer: Timer) => !who.timers.some(known => sameTimer(known, timer))
  who.timers.push(...standing.filter(isNew))
}

const sameTimer = (a: Timer, b: Timer) => a.sessionId === b.sessionId && a.name === b.name && a.turnId === b.turnId

async function fireTimers(troubled: Walker, calm: Walker, given: Extract<Act, { nth: number }>): Promise<void> {
  const standing = await service.timersOf(troubled.sender)
  if (given.do === 'staleTimer') {
    const stale = troubled.timers.filter(timer => !standing.some(one => sameTimer(one, timer)))
    const timer = stale[given.nth % Math.max(stale.length, 1)]
    return timer && fireStale(troubled, timer)
  }
  const due = standing[given.nth % Math.max(standing.length, 1)]
  const twin = (await service.timersOf(calm.sender)).find(({ name }) => name === due?.name)
  if (!due || !twin || standing.length > 1) return
  service.killAt('timer.fired')
  await expect(service.fire(due)).rejects.toBeInstanceOf(Killed)
  service.disarm()
  await service.fire(due)
  await service.fire(twin)
  const { version } = await service.stateOf(troubled.sender)
  // Twice at once, as two workers may: the second finds the session moved on, or says nothing new.
  await service.fire(due)
  expect((await sentTo(troubled)).length).toBe((await sentTo(calm)).length)
  expect((await service.stateOf(troubled.sender)).version).toBeGreaterThanOrEqual(version)
}

async function fireStale(who: Walker, timer: Timer): Promise<void> {
  const [before, sent] = [await service.stateOf(who.sender), await sentTo(who)]
  await service.fire(timer)
  expect((await service.stateOf(who.sender)).json).toBe(before.json)
  expect(await sentTo(who)).toEqual(sent)
}

async function sentTo(who: Walker) {
  const { residentId } = await service.stateOf(who.sender)
  return service.database.sql('select dedupe_key from outbox where resident_id = $1 order by dedupe_key', [residentId])
}

/** Rows that may exist once: what a second run of a command would show. */
async function caseRows(who: Walker) {
  const { residentId } = await service.stateOf(who.sender)
  const count = async (text: string) => (await service.database.sql(text, [residentId]))[0]?.['n']
  return {
    cases: await count('select count(*)::int as n from application where resident_id = $1'),
    tasks: await count('select count(*)::int as n from task where resident_id = $1'),
    consents: await count('select count(*)::int as n from consent where resident_id = $1'),
    turns: await count('select count(*)::int as n from inbox where resident_id = $1'),
  }
}

async function longestTurn(who: Walker): Promise<number> {
  const { residentId } = await service.stateOf(who.sender)
  const [row] = await service.database.sql(
    `select coalesce(max(jsonb_array_length(stops)), 0) as n from trace join inbox using (turn_id) where resident_id = $1`,
    [residentId],
  )
  return Number(row?.['n'])
}

/** Enough to meet every pair of act and fate several times; a nightly run may ask for more. */
const WALKS = Number(process.env['ROBUSTNESS_WALKS'] ?? 15)

describe('one resident in trouble and one in peace who say the same', () => {
  test('are told the same, turn by turn, and leave the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(act, fate), { minLength: 10, maxLength: 50, size: 'max' }), async acts => {
        const [troubled, calm] = [walker(), walker()]
        for (const [given, how] of acts) await oneAct(troubled, calm, given, how)
        expect(await caseRows(troubled)).toEqual(await caseRows(calm))
        expect(await longestTurn(troubled)).toBeLessThanOrEqual(MOST_STOPS)
      }),
      { numRuns: WALKS },
    )
  }, 300_000)
})

const submission = [
  '生育登记',
  '孩子妈妈',
  '同意',
  '李小红',
  '',
  '13800000000',
  '沼山镇下柯村',
  '还没出生',
  '2027年3月15日',
  '0',
]

test.each(deaths)('a registration in which every message dies once at %s is filed once', async at => {
  const who = walker()
  const said = [...submission.map(text => text || who.idNumber)]
  for (let turn = 0; turn < 20; turn++) {
    const text = said[turn] ?? (who.asked === null ? '进度' : (rightAnswers[who.asked] ?? '是'))
    const key = randomUUID()
    const input = { kind: 'text', text } as const
    note(who, key, input, await tell(who, key, input, { kind: 'dies', at }))
    if (!said[turn] && who.asked === null) break
  }
  expect(await caseRows(who)).toMatchObject({ cases: 1, tasks: 1, consents: 1 })
})

test('messages of one resident that come in without waiting for answers are taken in their order', async () => {
  const who = walker()
  const said = [...submission.map(text => text || who.idNumber), '帮助', '帮助', '帮助', '帮助']
  const answers = await Promise.all(said.map((text, n) => service.take(who.sender, `m${n}`, { kind: 'text', text })))
  expect(answers.map(({ state }) => state.step)).toEqual([
    ...['registrant', 'consent', 'applicantName', 'applicantId', 'phone', 'region', 'stage', 'dueDate'],
    ...['earlierChildren', 'review', 'review', 'review', 'review', 'review'],
  ])
})

test('three hundred turns of one resident leave a state of a few kilobytes', async () => {
  const who = walker()
  const round = [
    '生育登记',
    '孩子妈妈',
    '同意',
    '李小红',
    '12345',
    '12345',
    '上一步',
    '李小红',
    '帮助',
    '进度',
    '听不懂',
    '继续',
  ]
  for (let turn = 0; turn < 300; turn++) {
    await service.take(who.sender, `m${turn}`, { kind: 'text', text: round[turn % round.length] ?? '' })
  }
  expect((await service.stateOf(who.sender)).json.length).toBeLessThan(4096)
})

test('two different messages of one resident at the same moment on two instances both count, once each', async () => {
  const people = Array.from({ length: 20 }, walker)
  await Promise.all(people.map(who => service.take(who.sender, 'm0', { kind: 'text', text: '生育登记' })))
  await Promise.all(
    people.flatMap(who => [
      service.take(who.sender, 'm1', { kind: 'text', text: '孩子妈妈' }, 0),
      service.take(who.sender, 'm2', { kind: 'text', text: '帮助' }, 1),
    ]),
  )
  for (const who of people) {
    expect((await service.stateOf(who.sender)).version).toBe(3)
    expect((await service.take(who.sender, 'm3', { kind: 'text', text: '帮助' })).state.step).toBe('consent')
  }
})
