import { expect, test } from 'vitest'
import { messageForms } from './messageForms.ts'

const answering = (status: number, body: unknown) => async () => ({ status, body: JSON.stringify(body) })

test('what the service names is asked for', async () => {
  const forms = { card: ['form-1', 'form-2'], page: null }
  expect(await messageForms(answering(200, forms))).toEqual(forms)
})

test('without an answer, or with a strange one, nothing is asked', async () => {
  const nothing = { card: [], page: null }
  expect(await messageForms(answering(404, {}))).toEqual(nothing)
  expect(await messageForms(answering(200, { card: 'x' }))).toEqual(nothing)
  expect(await messageForms(() => Promise.reject(new Error('offline')))).toEqual(nothing)
})
