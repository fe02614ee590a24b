import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reply } from '../../conversation/types.ts'
import { MAX_TEXT_BYTES, renderTexts, splitText } from './render.ts'

const text = (value: string): Reply => ({ id: '1', kind: 'text', text: value })
const bytes = (value: string): number => Buffer.byteLength(value)

test('several replies are one message, choices are numbered lines', () => {
  const replies: Reply[] = [
    text('您好。'),
    {
      id: '2',
      kind: 'choices',
      text: '请选择：',
      choices: [
        { key: 'k1', label: '出生前登记' },
        { key: 'k2', label: '补办' },
      ],
    },
  ]
  expect(renderTexts(replies)).toEqual(['您好。\n\n请选择：\n1. 出生前登记\n2. 补办'])
})

test('a link stands on its own line', () => {
  expect(renderTexts([{ ...text('登记凭证'), kind: 'file', url: 'https://nx.example.cn/c/1' }])).toEqual([
    '登记凭证\nhttps://nx.example.cn/c/1',
  ])
})

test('nothing to say is no message', () => {
  expect(renderTexts([{ ...text('登记凭证'), url: '/api/c/1' }], 'https://nx.example.cn')).toEqual([
    '登记凭证\nhttps://nx.example.cn/api/c/1',
  ])
  expect(renderTexts([])).toEqual([])
  expect(renderTexts([text('  ')])).toEqual([])
})

test('a name cannot smuggle in a link', () => {
  const [shown] = renderTexts([text('您的姓名：<a href="https://evil.example">张三</a>，对吗？<3')])
  expect(shown).toBe('您的姓名：＜a href="https://evil.example">张三＜/a>，对吗？<3')
})

test('up to 2048 bytes go out whole', () => {
  expect(splitText('字'.repeat(682))).toHaveLength(1)
  expect(splitText('字'.repeat(683))).toHaveLength(2)
})

test('a long text is cut after a sentence', () => {
  const sentence = `${'请带上身份证原件'.repeat(6)}。`
  const parts = splitText(sentence.repeat(20))
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(part.endsWith('。')).toBe(true)
  expect(parts.join('')).toBe(sentence.repeat(20))
})

test('every part fits, no character is cut and nothing is lost', () => {
  const piece = fc.constantFrom('字', '𠮷', 'a', '。', '，', '\n', ' ', '👨‍👩‍👧', '请带身份证！')
  fc.assert(
    fc.property(fc.array(piece, { minLength: 300, maxLength: 2500, size: 'max' }), pieces => {
      const whole = pieces.join('')
      const parts = splitText(whole)
      for (const part of parts) {
        expect(bytes(part)).toBeLessThanOrEqual(MAX_TEXT_BYTES)
        expect(/[\ud800-\udfff]/u.test(part)).toBe(false)
      }
      expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
    }),
    { numRuns: 60 },
  )
})
