import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { readStored, writeConversation } from './storedForm.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Conversation, Effect, TurnInput, TurnResult } from './types.ts'

type SetTimer = Extract<Effect, { type: 'setTimer' }>
const DAY = 24 * 3600_000

const ask = (id: string, more: object = {}) => ({ id, kind: 'ask', slot: id, type: 'text', tries: 3, ...more })
const flowWith = (silence: object, more: object = {}) => ({
  flow: 'test',
  revision: 1,
  menu: 1,
  keywords: ['go'],
  silence,
  steps: [ask('q'), ask('r', more), { id: 'fin', kind: 'end' }],
})
const words = { resume: ['resume'], yes: ['yes'], no: ['no'] }
const says = (text: string): TurnInput => ({ kind: 'text', text })
const fire = ({ sessionId, name, turnId }: SetTimer): TurnInput => ({ kind: 'timer', sessionId, name, turnId })
const textsOf = ({ replies }: TurnResult) => replies.map(({ text }) => text)

/** A person and the clock, one input after another. */
function open(flows: object[]) {
  const library = smallLibrary(flows, { words })
  let stored: Conversation | null = null
  let turns = 0
  const give = (input: TurnInput): TurnResult => {
    const result = converse(library, stored, input, smallContext(++turns))
    stored = readStored(writeConversation(result.conversation))
    return result
  }
  return { give, say: (text: string) => give(says(text)) }
}

function timerOf({ effects }: TurnResult): SetTimer {
  const timer = effects.find((effect): effect is SetTimer => effect.type === 'setTimer')
  if (!timer) throw new Error('no timer was set')
  return timer
}

describe('reminders', () => {
  test('come as often as the flow says, then the session ends', () => {
    const { give, say } = open([flowWith({ remindAfterHours: 24, remindAtMost: 2, expireAfterDays: 5 })])
    const first = give(fire(timerOf(say('go'))))
    const second = give(fire(timerOf(first)))
    expect([first, second].map(textsOf)).toEqual([
      ['common.remind', 'test.steps.q.text'],
      ['common.remind', 'test.steps.q.text'],
    ])
    expect(timerOf(second).name).toBe('expire')
    expect(textsOf(give(fire(timerOf(second))))).toEqual(['common.expired'])
  })
  test('are counted anew once the person has spoken', () => {
    const { give, say } = open([flowWith({ remindAfterHours: 24, remindAtMost: 1 })])
    give(fire(timerOf(say('go'))))
    expect(timerOf(say('one')).name).toBe('remind')
  })
  test('a step may have its own, or none', () => {
    const { say } = open([flowWith({ remindAfterHours: 24 }, { silence: { remindAfterHours: null } })])
    expect(timerOf(say('go')).name).toBe('remind')
    expect(timerOf(say('one')).name).toBe('expire')
  })
})

describe('a draft', () => {
  const silence = { remindAfterHours: null, expireAfterDays: 7, keepDraftDays: 20 }
  const expired = () => {
    const chat = open([flowWith(silence), { ...flowWith(silence), flow: 'other', keywords: ['other'], menu: 2 }])
    chat.say('go')
    const ended = chat.give(fire(timerOf(chat.say('one'))))
    return { ...chat, ended }
  }
  test('is kept when silence ends a session in which something was answered', () => {
    const { ended } = expired()
    expect(textsOf(ended)).toEqual(['common.putAway'])
    expect(ended.conversation).toMatchObject({
      sessions: [],
      current: null,
      drafts: [{ slots: { q: 'one' }, step: 'r' }],
    })
  })
  test('is offered when the person comes for the same matter, and goes on where it stopped', () => {
    const { say } = expired()
    expect(textsOf(say('go'))).toEqual(['common.draft'])
    const again = say('yes')
    expect(textsOf(again)).toEqual(['test.steps.r.text'])
    expect(again.conversation.drafts).toBeUndefined()
    expect(say('two').state.done).toBe(true)
  })
  test('is offered by 继续 too', () => expect(textsOf(expired().say('resume'))).toEqual(['common.draft']))
  test('is emptied when the person wants to begin again', () => {
    const { say } = expired()
    say('go')
    const anew = say('no')
    expect(textsOf(anew)).toEqual(['test.steps.q.text'])
    expect(anew.conversation.sessions[0]?.slots).toEqual({})
  })
  test('takes no answer to a question that was not put yet', () => {
    const { say } = expired()
    say('go')
    expect(textsOf(say('two'))).toEqual(['common.draft'])
  })
  test('does not stand in the way of another matter', () => {
    expect(expired().say('other').state).toMatchObject({ flow: 'other', step: 'q' })
  })
  test('is deleted when its time is up, without a word', () => {
    const { give, ended } = expired()
    const timer = timerOf(ended)
    expect(timer.dueAt - smallContext(3).now).toBe(20 * DAY)
    const after = give(fire(timer))
    expect(after.replies).toEqual([])
    expect(JSON.stringify(after.conversation)).not.toContain('one')
  })
  test('that is taken out again is not deleted by the timer of the draft', () => {
    const { give, say, ended } = expired()
    say('go')
    const after = give(fire(timerOf(ended)))
    expect(after).toMatchObject({ replies: [], effects: [] })
    expect(after.conversation.sessions).toHaveLength(1)
  })
  test('is not kept of flows that keep none', () => {
    const { give, say } = open([flowWith({ ...silence, keepDraftDays: 0 })])
    say('go')
    const ended = give(fire(timerOf(say('one'))))
    expect(textsOf(ended)).toEqual(['common.expired'])
    expect(ended.conversation.drafts).toBeUndefined()
  })
})
