import { expect, test } from 'vitest'
import { ref } from 'vue'
import { doorSurvey, type DoorAnswers } from '../api/doorApi.ts'
import { createQuestionWalk } from './questionWalk.ts'

const question = (slot: string, askedAfter: unknown = null) => ({
  ...{ slot, type: 'choice', text: slot, help: '', optional: false, skip: null, maxLength: null, askedAfter },
  options: [{ key: '1', label: '不满意' }],
})
const every = [question('overall'), question('why', { slot: 'overall', answers: ['1', '2'] }), question('used')]
const survey = doorSurvey({ title: '问卷', stand: 'open', every })

function walkAfter(answers: DoorAnswers) {
  const given = ref({ survey, answers })
  const stages: string[] = []
  const walk = createQuestionWalk(given, stage => stages.push(stage))
  const answer = (value: string) => {
    given.value = { survey, answers: { ...given.value.answers, [walk.slot.value]: value } }
    walk.onward()
  }
  return { walk, stages, answer }
}

test('who goes on comes to the first question without an answer, and behind the last to the sum', () => {
  const { walk, stages, answer } = walkAfter({ overall: '5' })
  walk.goOn()
  expect([walk.question.value?.slot, walk.place.value]).toEqual(['used', 1])
  answer('1')
  expect(stages).toEqual(['questions', 'sum'])
})

test('a question that an answer brings comes next, and one that it takes away does not', () => {
  const { walk, answer } = walkAfter({})
  walk.goOn()
  answer('1')
  expect(walk.slot.value).toBe('why')
  walk.back()
  answer('5')
  expect(walk.question.value?.slot).toBe('used')
})

test('from the start one walks through what was answered, and before the first there is no way back', () => {
  const { walk, stages, answer } = walkAfter({ overall: '5', used: '1' })
  walk.fromTheStart()
  walk.back()
  expect(walk.slot.value).toBe('overall')
  answer('5')
  expect(walk.slot.value).toBe('used')
  expect(stages).toEqual(['questions'])
})
