import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, Effect, Session, TurnInput, TurnResult } from './types.ts'

const ask = (id: string) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 3 })
const flow = {
  flow: 'test',
  revision: 1,
  menu: 1,
  keywords: ['go'],
  steps: [ask('q'), ask('r'), { id: 'fin', kind: 'end' }],
}
const other = { ...flow, flow: 'other', menu: 2, keywords: ['other'] }
const invited = { flow: 'invited', revision: 1, steps: [ask('i'), { id: 'fin', kind: 'end' }] }
const words = { back: ['back'], resume: ['resume'], cancel: ['cancel'], human: ['human'], greeting: ['hi'] }
const watch = { reporting: ['举报'] }
const library = smallLibrary([flow, other, invited], { words, watch })

const says = (text: string): TurnInput => ({ kind: 'text', text })

/** Gives inputs one after another, through JSON; answers the last turn. */
function talk(inputs: TurnInput[], start: Conversation | null = null, officer = false): TurnResult {
  let stored = start
  let result: TurnResult | null = null
  for (const [n, input] of inputs.entries()) {
    result = converse(library, stored, input, smallContext(n + 1, officer))
    stored = readStored(writeConversation(result.conversation))
  }
  if (!result) throw new Error('nothing was said')
  return result
}

const textsOf = ({ replies }: TurnResult) => replies.map(({ text }) => text)
const sessionOf = ({ conversation }: TurnResult): Session | undefined => conversation.sessions.at(-1)
const timersOf = ({ effects }: TurnResult) =>
  effects.filter((effect): effect is Extract<Effect, { type: 'setTimer' }> => effect.type === 'setTimer')

describe('the front desk', () => {
  test('greets a newcomer once and shows the menu of matters', () => {
    expect(textsOf(talk([{ kind: 'hello' }]))).toEqual(['desk.greeting', 'desk.menu'])
    expect(textsOf(talk([{ kind: 'hello' }, { kind: 'hello' }]))).toEqual(['desk.menu'])
  })
  test('starts a matter by its word, by its button and by its number in the menu', () => {
    for (const start of [says('go'), { kind: 'choice' as const, key: 'desk/start:test' }, says('1')]) {
      expect(talk([{ kind: 'hello' }, start]).state).toMatchObject({ flow: 'test', step: 'q', revision: 1 })
    }
  })
  test('answers what it does not understand with the menu, never with silence', () => {
    expect(textsOf(talk([says('hi'), says('what?')]))).toEqual(['desk.unknown', 'desk.menu'])
  })
  test('explains what the law has no ground for and keeps nothing of it', () => {
    const result = talk([says('hi'), says('我要举报隔壁')])
    expect(textsOf(result)).toEqual(['desk.refused.reporting', 'desk.menu'])
    expect(result.effects).toEqual([])
    expect(JSON.stringify(result.conversation)).not.toContain('隔壁')
  })
  test('does not start a matter that is by invitation only', () => {
    expect(talk([says('hi'), { kind: 'choice', key: 'desk/start:invited' }]).state.flow).toBe(null)
  })
})

describe('distress', () => {
  test.each([
    ['at the desk', [says('hi')]],
    ['within a flow', [says('go')]],
    ['after a hand-over', [says('go'), says('human')]],
  ])('%s: a number to call, a human at once, and no menu', (_, before) => {
    const result = talk([...before, says('觉得活着没意思')])
    expect(textsOf(result)).toEqual(['desk.distress'])
    expect(result.effects).toMatchObject([{ type: 'handoff', reason: 'distress' }])
  })
  test('a birth next month is no emergency', () => {
    expect(textsOf(talk([says('hi'), says('要生了')]))).toEqual(['desk.emergency'])
    expect(textsOf(talk([says('hi'), says('下个月要生了')]))).not.toContain('desk.emergency')
  })
})

describe('silence', () => {
  const started = talk([says('go')])
  const [remind] = timersOf(started)
  if (!remind) throw new Error('a waiting session has a timer')
  const fire = ({ sessionId, name, turnId }: typeof remind): TurnInput => ({ kind: 'timer', sessionId, name, turnId })

  test('a reminder comes a day later', () => {
    expect(remind).toMatchObject({ name: 'remind', dueAt: Date.parse('2026-11-24T09:01:00+08:00') })
  })
  test('a reminder that would come at night waits until eight', () => {
    const night = { ...smallContext(1), now: Date.parse('2026-11-23T22:30:00+08:00') }
    expect(timersOf(converse(library, null, says('go'), night))[0]?.dueAt).toBe(Date.parse('2026-11-25T08:00:00+08:00'))
  })
  test('the reminder repeats the question, and the next silence ends the session with one sentence', () => {
    const reminded = talk([says('go'), fire(remind)])
    expect(textsOf(reminded)).toContain('common.remind')
    const [end] = timersOf(reminded)
    if (!end) throw new Error('a reminded session has an end')
    expect(end.name).toBe('expire')
    const ended = talk([says('go'), fire(remind), fire(end)])
    expect(textsOf(ended)).toEqual(['common.expired'])
    expect(ended.conversation.sessions).toEqual([])
  })
  test('a timer of an earlier turn does nothing', () => {
    const result = talk([says('go'), says('one'), fire(remind)])
    expect(result).toMatchObject({ replies: [], effects: [], trace: [] })
  })
})

describe('invitations', () => {
  const invite: TurnInput = { kind: 'invite', flow: 'invited', slots: { about: 'case 1' } }
  test('open a flow with what they bring along', () => {
    const result = talk([invite])
    expect(result.state.flow).toBe('invited')
    expect(sessionOf(result)?.slots).toEqual({ about: 'case 1' })
  })
  test('are taken once', () => expect(talk([invite, says('x'), invite]).replies).toEqual([]))
  test('wait while another flow is in progress', () => {
    expect(talk([says('go'), invite]).replies).toEqual([])
    expect(talk([says('go'), invite, says('one'), says('two')]).state.flow).toBe('invited')
  })
})

describe('several matters', () => {
  test('another matter named in the middle waits its turn', () => {
    const result = talk([says('go'), says('other')])
    expect(result.state).toMatchObject({ flow: 'test', step: 'q' })
    expect(talk([says('go'), says('other'), says('one'), says('two')]).state.flow).toBe('other')
  })
  test('继续 asks which one when several are open', () => {
    const two = talk([says('go'), says('go'), says('1'), says('resume')])
    expect(textsOf(two)).toEqual(['desk.severalOpen'])
    expect(two.replies[0]?.choices).toHaveLength(2)
  })
})

describe('buttons', () => {
  test('of an earlier question are explained and not obeyed', () => {
    const first = talk([says('go')])
    const key = `${sessionOf(first)?.id}/${sessionOf(first)?.visit}/x`
    const result = talk([says('go'), says('one'), { kind: 'choice', key }])
    expect(textsOf(result)).toContain('common.oldButton')
    expect(result.state.step).toBe('r')
  })
})

describe('revisions', () => {
  const older = { ...flow, steps: [ask('old'), { id: 'fin', kind: 'end' }] }
  const newer = { ...flow, revision: 2 }
  test('people in the middle finish on the revision they started, newcomers get the newest', () => {
    const before = converse(smallLibrary([older]), null, says('go'), smallContext(1)).conversation
    const both = smallLibrary([newer, older])
    expect(converse(both, before, says('one'), smallContext(2)).state).toMatchObject({ revision: 1, done: true })
    expect(converse(both, null, says('go'), smallContext(1)).state).toMatchObject({ revision: 2, step: 'q' })
  })
  test('a session whose revision is gone does not leave the chat dead', () => {
    const before = converse(smallLibrary([older]), null, says('go'), smallContext(1)).conversation
    expect(converse(smallLibrary([newer]), before, says('one'), smallContext(2)).replies.length).toBeGreaterThan(0)
  })
})

describe('officers', () => {
  test('commands are for officers and kindly explained to others', () => {
    const desk = smallLibrary([flow], { words: { tasks: ['待办'] }, orders: { tasks: ['待办'] } })
    expect(converse(desk, null, says('待办'), smallContext(1, true)).command).toMatchObject({ name: 'officerTasks' })
    const refused = converse(desk, null, says('待办'), smallContext(1))
    expect(refused.command).toBeUndefined()
    expect(textsOf(refused)).toContain('desk.officersOnly')
    const helped = { ...desk, commandWord: () => 'help' }
    expect(textsOf(converse(helped, null, says('帮助'), smallContext(1, true)))).toContain('officers.guide')
    expect(textsOf(converse(helped, null, says('帮助'), smallContext(1)))).not.toContain('officers.guide')
  })

  test('are residents too: what answers or edits an open question is no order, and 更多 without a list is the menu', () => {
    const desk = smallLibrary([flow], {
      words: { more: ['更多'], remove: ['第{n}个不要'] },
      orders: {
        more: ['更多'],
        decline: ['不要', '{n}不要'],
        attach: ['{n}的'],
        ordinal: ['第'],
        counter: ['个', '号'],
      },
    })
    const answers = (text: string, before: Conversation | null) =>
      textsOf(converse(desk, before, says(text), smallContext(2, true)))
    expect(answers('更多', null)).toContain('desk.menu')
    expect(answers('15号的', null)).toContain('officers.nothingHeld')
    const open = converse(desk, null, says('go'), smallContext(1, true)).conversation
    expect(answers('第2个不要', open)).toContain('common.noSuchItem')
    expect(answers('2号不要', open)).toContain('desk.noSuchTask')
    expect(answers('15号的', open)).not.toContain('officers.nothingHeld')
  })
})
