import { describe, expect, test } from 'vitest'
import { answerTo, knownAnswers, type SurveyQuestion } from './answers.ts'
import { mainOf, tally } from './tally.ts'

const question = (slot: string, more: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  slot,
  type: 'choice',
  options: ['5', '4', '3', '2', '1'],
  optional: false,
  rating: false,
  correct: null,
  maxLength: null,
  textKey: `${slot}.text`,
  key: part => `${slot}.${part}`,
  ...more,
})
const overall = question('overall', { rating: true, optional: true })
const needs = question('needs', { type: 'multiChoice', options: ['papers', 'doctor', 'none'] })
const words = question('words', { type: 'text', options: [], optional: true, maxLength: 10 })

describe('an answer that came in', () => {
  test.each([
    [overall, 5, '5'],
    [overall, '5', '5'],
    [overall, '6', undefined],
    [overall, '', null],
    [overall, ['5'], undefined],
    [needs, ['papers', 'doctor'], ['papers', 'doctor']],
    [needs, 'doctor', ['doctor']],
    [needs, ['doctor', 'rockets'], undefined],
    [needs, null, undefined],
    [words, '  窗口早点开  ', '窗口早点开'],
    [words, '   ', null],
    [words, '一二三四五六七八九十一', undefined],
    [words, 7, undefined],
  ])('%#: counts only when it answers the question', (asked, given, answer) => {
    expect(answerTo(asked, given)).toEqual(answer)
  })

  test('to a question that is not there is dropped', () => {
    expect(knownAnswers([overall], { overall: '4', campaignId: 'c', __proto__: '5' })).toEqual({ overall: '4' })
  })
})

describe('the one figure', () => {
  test.each([
    ['5', 'hit'],
    ['3', 'hit'],
    ['2', 'miss'],
    ['1', 'miss'],
    [null, 'none'],
  ])('of satisfaction: %s is a %s', (given, main) => {
    expect(mainOf('satisfaction', [overall], { overall: given })).toBe(main)
  })

  const exam = ['a', 'b', 'c', 'd', 'e'].map(slot => question(slot, { options: ['right', 'wrong'], correct: 'right' }))
  test.each([
    [5, 'hit'],
    [4, 'hit'],
    [3, 'miss'],
    [0, 'miss'],
  ])('of knowledge: %i right of five are a %s', (right, main) => {
    const answers = Object.fromEntries(exam.map(({ slot }, n) => [slot, n < right ? 'right' : 'wrong']))
    expect(mainOf('knowledge', exam, answers)).toBe(main)
  })
})

test('a finished answer counts once, each need by itself, and words not at all', () => {
  const answers = { overall: null, needs: ['papers', 'doctor'], words: '早点开门' }
  expect(tally('needs', [overall, needs, words], answers)).toEqual([
    { question: 'finished', option: '' },
    { question: 'main', option: 'none' },
    { question: 'overall', option: 'skipped' },
    { question: 'needs', option: 'papers' },
    { question: 'needs', option: 'doctor' },
  ])
})
