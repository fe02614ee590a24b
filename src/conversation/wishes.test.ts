import { describe, expect, test } from 'vitest'
import { converse } from './converse.ts'
import { smallContext, smallLibrary } from './testdata/smallLibrary.ts'
import type { Library } from './machine.ts'
import type { Conversation, TurnInput, TurnResult } from './types.ts'

const steps = [
  { id: 'q', kind: 'ask', slot: 'q', type: 'text', tries: 3 },
  { id: 'fin', kind: 'end' },
]
const flows = [
  { flow: 'births', revision: 1, menu: 1, intent: 'birth_registration', steps },
  { flow: 'permits', revision: 1, menu: 2, intent: 'certificate_new', steps },
]
const desk = {
  about: { childcare_subsidy: 'the subsidy is elsewhere' },
  wish: { birth_registration: 'register', certificate_new: 'get a permit', childcare_subsidy: 'get money' },
  whichWish: 'register or permit?',
}
const base = smallLibrary(flows, { desk, common: { noneOfThese: 'none' } })

/** A library that hears these meanings in the first text. */
function hearing(...heard: [intent: string, score: number][]): Library {
  return { ...base, readIntents: () => heard.map(([intent, score]) => ({ intent, score })) }
}

function talk(library: Library, inputs: TurnInput[]): TurnResult {
  let stored: Conversation | null = null
  let result: TurnResult | null = null
  for (const [n, input] of inputs.entries()) {
    result = converse(library, stored, input, smallContext(n + 1))
    stored = result.conversation
  }
  if (!result) throw new Error('nothing was said')
  return result
}
const says = (text: string): TurnInput => ({ kind: 'text', text })
const textsOf = ({ replies }: TurnResult) => replies.map(({ text }) => text)

test('two meanings that are close are offered by name, with a way out', () => {
  const library = hearing(['birth_registration', 0.45], ['certificate_new', 0.4])
  const asked = talk(library, [says('证')])
  expect(asked.replies.at(-1)).toMatchObject({
    text: 'register or permit?',
    choices: [
      { key: 'desk/wish:birth_registration', label: 'register' },
      { key: 'desk/wish:certificate_new', label: 'get a permit' },
      { key: 'desk/menu', label: 'none' },
    ],
  })
  expect(talk(library, [says('证'), says('2')]).state).toMatchObject({ flow: 'permits' })
  expect(talk(library, [says('证'), { kind: 'choice', key: 'desk/wish:birth_registration' }]).state).toMatchObject({
    flow: 'births',
  })
  expect(textsOf(talk(library, [says('证'), says('3')]))).toEqual(['desk.menu'])
})

test('of two matters in one message the first begins and the second follows it', () => {
  const library = hearing(['certificate_new', 0.9], ['birth_registration', 0.7])
  const first = talk(library, [says('再生育证怎么办，还要登记')])
  expect(first.state).toMatchObject({ flow: 'permits' })
  expect(first.conversation.queue).toEqual([{ flow: 'births', slots: {} }])
  expect(talk(library, [says('再生育证怎么办，还要登记'), says('x')]).state).toMatchObject({ flow: 'births' })
})

describe('a word that people use for two matters', () => {
  const alike = { intent: 'birth_registration', words: ['准生证'], unless: ['四胎'] }
  const [births, permits] = flows
  const twin = smallLibrary([births, { ...permits, alike }], { desk, common: { noneOfThese: 'none' } })
  const hears = (...intents: string[]): Library => ({
    ...twin,
    readIntents: () => intents.map(intent => ({ intent, score: 0.9 })),
  })

  test('is asked back, and either answer begins its matter', () => {
    const library = hears('certificate_new')
    expect(textsOf(talk(library, [says('我想办准生证')])).at(-1)).toBe('register or permit?')
    expect(talk(library, [says('我想办准生证'), says('1')]).state).toMatchObject({ flow: 'births' })
    expect(talk(library, [says('我想办准生证'), says('2')]).state).toMatchObject({ flow: 'permits' })
  })

  test('is not asked back where other words make it clear, or both are wished', () => {
    expect(talk(hears('certificate_new'), [says('四胎准生证')]).state).toMatchObject({ flow: 'permits' })
    expect(talk(hears('birth_registration', 'certificate_new'), [says('登记和准生证')]).state).toMatchObject({
      flow: 'births',
    })
  })

  test('said in the middle of one of them, means that one', () => {
    const opened = converse(hears('birth_registration'), null, says('登记'), smallContext(1)).conversation
    const closed = { ...hears('certificate_new'), readValue: () => ({ status: 'none' as const }) }
    expect(converse(closed, opened, says('我的准生证'), smallContext(2)).conversation.queue).toEqual([])
  })
})

test('what only needs a word is told before the matter begins', () => {
  const result = talk(hearing(['childcare_subsidy', 0.9], ['birth_registration', 0.9]), [says('补贴，还要登记')])
  expect(textsOf(result).slice(0, 2)).toEqual(['desk.greeting', 'the subsidy is elsewhere'])
  expect(result.state).toMatchObject({ flow: 'births' })
})

test('a matter asked for beside the progress begins when the progress has been told', () => {
  const library = hearing(['progress_query', 0.9], ['birth_registration', 0.9])
  const waiting = talk(library, [says('查进度，还要登记')])
  expect(waiting.command).toMatchObject({ name: 'progress' })
  const told = converse(
    library,
    waiting.conversation,
    { kind: 'commandResult', result: { outcome: 'none', values: {} } },
    smallContext(2),
  )
  expect(told.state).toMatchObject({ flow: 'births' })
})

test('a wish nobody has a name for brings the menu', () => {
  expect(textsOf(talk(hearing(['other', 0.4], ['greeting', 0.38]), [says('嗯哼')]))).toEqual([
    'desk.greeting',
    'desk.unknown',
    'desk.menu',
  ])
})

describe('two wishes in one message while a question is open', () => {
  const open = talk(base, [{ kind: 'choice', key: 'desk/start:births' }]).conversation
  const closed = { ...base, readValue: () => ({ status: 'none' as const }) }
  const aside = (...heard: [intent: string, score: number][]) => {
    const library = { ...closed, readIntents: () => heard.map(([intent, score]) => ({ intent, score })) }
    return converse(library, open, says('还想问两件事'), smallContext(2))
  }

  test('the one that needs a word gets it, the matter waits, and the question comes again', () => {
    for (const result of [
      aside(['childcare_subsidy', 0.9], ['certificate_new', 0.9]),
      aside(['certificate_new', 0.9], ['childcare_subsidy', 0.9]),
    ]) {
      expect(textsOf(result).toSorted()).toEqual(['births.steps.q.text', 'common.queued', 'the subsidy is elsewhere'])
      expect(textsOf(result).at(-1)).toBe('births.steps.q.text')
      expect(result.conversation.queue).toEqual([{ flow: 'permits', slots: {} }])
    }
  })

  test('a matter beside the progress waits; the progress is asked for', () => {
    for (const result of [
      aside(['progress_query', 0.9], ['certificate_new', 0.9]),
      aside(['certificate_new', 0.9], ['progress_query', 0.9]),
    ]) {
      expect(result.command).toMatchObject({ name: 'progress' })
      expect(result.conversation.queue).toEqual([{ flow: 'permits', slots: {} }])
    }
  })

  test('a person is called whichever place the wish for one has', () => {
    const result = aside(['certificate_new', 0.9], ['talk_to_human', 0.9])
    expect(result.effects).toMatchObject([{ type: 'handoff', reason: 'asked' }, { type: 'setTimer' }])
    expect(result.conversation.queue).toEqual([{ flow: 'permits', slots: {} }])
  })

  test('a second meaning that is not sure is not followed, nor the matter in which the person stands', () => {
    for (const second of [['certificate_new', 0.4] as const, ['birth_registration', 0.9] as const]) {
      const result = aside(['childcare_subsidy', 0.9], [...second])
      expect(textsOf(result)).toEqual(['the subsidy is elsewhere', 'births.steps.q.text'])
      expect(result.conversation.queue).toEqual([])
    }
  })
})

test('what is not for us is said so beside a matter of ours, and the matter begins', () => {
  const result = talk(hearing(['other', 1], ['birth_registration', 1]), [says('明天落雨不，对了给我登记')])
  expect(textsOf(result)[1]).toBe('desk.notOurs')
  expect(result.state).toMatchObject({ flow: 'births' })
})
