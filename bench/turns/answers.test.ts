import { expect, test } from 'vitest'
import { birthRegistrationAnswers, ordinaryTurns } from './answers.ts'

test('what is said before the filing is taken, buttons by their labels, the filing word is left out', () => {
  const text = `
turns:
  - opens: chat
  - answers: 您好
  - says: 生育登记
  - presses: 孩子妈妈
  - causes: consent
  - says: '0'
  - presses: 没错，提交
  - runs: submitBirthRegistration
  - says: 进度
`
  expect(ordinaryTurns(text)).toEqual(['生育登记', '孩子妈妈', '0'])
})

test('the flow of the birth registration gives a dialogue of some length', () => {
  expect(birthRegistrationAnswers().length).toBeGreaterThan(6)
})
