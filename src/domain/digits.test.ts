import { expect, test } from 'vitest'
import { numberIn } from './digits.ts'

test('plain figures in a text make a number', () => {
  expect(numberIn('2026-05-01', 0, 4)).toBe(2026)
  expect(numberIn('2026-05-01', 5, 7)).toBe(5)
  expect(numberIn('2026-05-01', 8, 10)).toBe(1)
})

test('anything else among them makes none', () => {
  for (const text of ['2a26', 'a026', '202a', '20２6', '-026', ' 026', '202']) expect(numberIn(text, 0, 4)).toBeNaN()
})
