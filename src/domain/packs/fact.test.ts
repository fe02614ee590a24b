import { expect, test } from 'vitest'
import { sourceSchema } from './fact.ts'

const source = { document: '某市卫生健康委网页 2022-01-14', checked: '2026-11-21', weight: 'official' }

test('a source is cited by title and date; where it was read stands apart', () => {
  expect(sourceSchema.safeParse({ ...source, address: 'wjw.example.gov.cn/contents/1.html' }).success).toBe(true)
})

test.each(['wjw.example.gov.cn/contents/1.html', 'https://example.org/1', 'example.com 767431'])(
  'a title with the address %s is refused: it would be read aloud',
  address => expect(sourceSchema.safeParse({ ...source, document: `某网页（${address}）` }).success).toBe(false),
)
