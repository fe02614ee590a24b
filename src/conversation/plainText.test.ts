import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText } from './plainText.ts'

/** By the letter of its promise, without looking first whether anything has to change. */
function byDefinition(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\uFE0F\u20E3]+/gu, '')
    .replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '')
}

test('a text that needs no change is known at a look and comes out as if it had been changed', () => {
  const unit = fc.constantFrom(...'09az是一龥-:./@_~ AZ（１，。é𠮷\uFE0F\u20E3')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 8 }), text => {
      expect(plainText(text)).toBe(byDefinition(text))
    }),
    { numRuns: 2000 },
  )
})

test('days and hours keep the marks between their figures', () => {
  expect(['2026-05-01', '08:30', '1.5'].map(plainText)).toEqual(['2026-05-01', '08:30', '1.5'])
})

test('the keys of a keyboard of pictures are figures', () => {
  expect(['1️⃣', ' 2️⃣。'].map(plainText)).toEqual(['1', '2'])
})
