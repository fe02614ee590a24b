import fc from 'fast-check'
import { expect, test } from 'vitest'
import { realLibrary } from '../../test/golden/library.ts'
import { converse } from './converse.ts'
import { MAX_STEPS_PER_TURN } from './settings.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext } from './testdata/smallLibrary.ts'
import type { Choice, Conversation, Effect, TurnInput, TurnResult } from './types.ts'

const library = realLibrary()

/** What people and the service around them throw at the engine, good and bad. */
const said = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '生育登记',
      '1',
      '2',
      '3',
      '同意',
      '李小红',
      '420702199001010009',
      '42070219900101',
      '13800000000',
      '沼山镇下柯村',
      '沼山镇',
      '郑州市中原区碧沙岗社区',
      '还没出生',
      '2027年3月15日',
      '农历八月十五',
      '八月',
      '0',
      '是',
      '对',
      '没有',
      '提交',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '上一步',
      '改第3项',
      '改第99项',
      '取消',
      '重来',
      '帮助',
      '人工',
      '进度',
      '继续',
      'English',
      '中文',
      '待办',
      '接单 1',
      '办结 2',
      '绑定 123456',
      '菜单',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('活着没意思', '要生了', '罚款', '我要举报隔壁', '育儿补贴怎么领', '我要投诉'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '更多',
      '把三号办了',
      '转办 1 给 老王',
      '同意',
      '附到 1',
      '日报',
      '依据 1',
      '告知 1',
      '指令',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
)
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('say' as const), text: said }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press' as const), nth: fc.nat(30), old: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pressAnything' as const), text: fc.string() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('hello' as const, 'voice' as const, 'invite' as const, 'strayResult' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('timer' as const), nth: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const outcomes: Record<string, string[]> = {
  submitBirthRegistration: ['submitted', 'duplicate', 'odd'],
  rateService: ['stored', 'alreadyRated'],
  progress: ['none', 'found'],
  officerTasks: ['none', 'listed'],
  officerTransfer: ['which', 'offered', 'nobody'],
  officerAttach: ['attached', 'over'],
  officerNotice: ['noPaper', 'issued', 'second'],
  officerReport: ['told'],
}

/** A walk's memory: all buttons and timers ever seen, and the input given last. */
interface Seen {
  choices: Choice[]
  timers: Extract<Effect, { type: 'setTimer' }>[]
  last: TurnInput
}

function inputOf(given: Act, seen: Seen): TurnInput {
  switch (given.do) {
    case 'say':
      return { kind: 'text', text: given.text }
    case 'press': {
      const from = given.old ? seen.choices : seen.choices.slice(-4)
      return { kind: 'choice', key: from[given.nth % Math.max(from.length, 1)]?.key ?? 'gone' }
    }
    case 'pressAnything':
      return { kind: 'choice', key: given.text }
    case 'timer': {
      const timer = seen.timers[given.nth % Math.max(seen.timers.length, 1)]
      return timer
        ? { kind: 'timer', sessionId: timer.sessionId, name: timer.name, turnId: timer.turnId }
        : { kind: 'timer', sessionId: 's', name: 'expire', turnId: 't' }
    }
    case 'again':
      return seen.last
    case 'hello':
      return { kind: 'hello' }
    case 'voice':
      return { kind: 'media', mediaId: 'm', mediaType: 'voice' }
    case 'invite':
      return { kind: 'invite', flow: 'service-rating', slots: { applicationId: 'a', applicationNumber: 'N' } }
    case 'strayResult':
      return { kind: 'commandResult', result: { outcome: 'odd', values: {} } }
  }
}

test('whatever comes in whatever order: it answers, loses nothing in storage, changes nothing it was given, and ends its turn', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 60 }), fc.boolean(), fc.nat(5), (acts, officer, pick) => {
      let stored: Conversation | null = null
      const seen: Seen = { choices: [], timers: [], last: { kind: 'hello' } }
      for (const [n, given] of acts.entries()) {
        const input = inputOf(given, seen)
        seen.last = input
        let result = oneCall(stored, input, n * 10, officer)
        expectAnswer(input, result)
        for (let runs = 0; result.command; runs++) {
          expect(runs).toBeLessThan(3)
          const choices: string[] = outcomes[result.command.name] ?? ['notFound']
          const outcome = choices[(pick + n) % choices.length] ?? 'odd'
          remember(seen, result)
          result = oneCall(
            result.conversation,
            { kind: 'commandResult', result: { outcome, values: { items: [] } } },
            n * 10 + runs + 1,
            officer,
          )
          expect(result.replies.length).toBeGreaterThan(0)
        }
        remember(seen, result)
        stored = result.conversation
      }
    }),
    { numRuns: 300 },
  )
})

function oneCall(stored: Conversation | null, input: TurnInput, turn: number, officer: boolean): TurnResult {
  const before = JSON.stringify(stored)
  const result = converse(library, stored, input, smallContext(turn, officer))
  expect(JSON.stringify(stored)).toBe(before)
  expect(readStored(writeConversation(result.conversation))).toEqual(result.conversation)
  expect(result.trace.length).toBeLessThanOrEqual(3 * MAX_STEPS_PER_TURN)
  expect(result.replies.every(({ text }) => text.length > 0 && text.length <= 1800)).toBe(true)
  expect(result.replies.filter(({ text }) => /^[a-z-]+\.[a-zA-Z.-]+$/.test(text))).toEqual([])
  return result
}

/** Only timers, invitations and results that nobody waits for may pass in silence. */
function expectAnswer(input: TurnInput, result: TurnResult): void {
  if (input.kind === 'timer' || input.kind === 'invite' || input.kind === 'commandResult') return
  expect(result.replies.length > 0 || result.command !== undefined, JSON.stringify(input)).toBe(true)
}

function remember(seen: Seen, { replies, effects }: TurnResult): void {
  seen.choices.push(...replies.flatMap(({ choices = [] }) => choices))
  for (const effect of effects) if (effect.type === 'setTimer') seen.timers.push(effect)
}
