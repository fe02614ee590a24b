import { describe, expect, test } from 'vitest'
import { isInForce, parsePolicyLayer, sentencesOf } from './policyEntry.ts'
import { placeNamed, policiesAt } from './policyLayers.ts'

const two = (text: string) => ({ 'zh-CN': text, en: text })
const source = { document: '办法', checked: '2026-11-21', weight: 'official' as const }
const answer = (id: string, text: string, more: object = {}) => ({
  id,
  title: two(id),
  questions: ['问'],
  answer: two(text),
  source: 'rule',
  ...more,
})
const layer = (code: string, name: string, ...answers: object[]) =>
  parsePolicyLayer({ code, name, sources: { rule: source }, answers })

describe('an answer does not load', () => {
  test('without a source that is named', () => {
    expect(() => layer('CN', '全国', answer('a', '甲', { source: 'other' }))).toThrow(/a names no known source/)
  })
  test('with a sentence longer than an older reader takes in', () => {
    expect(() => layer('CN', '全国', answer('a', '长'.repeat(41)))).toThrow(/older reader/)
  })
  test('twice in one file', () => {
    expect(() => layer('CN', '全国', answer('a', '甲'), answer('a', '乙'))).toThrow(/answered twice/)
  })
})

test('an article is part of the document that is cited', () => {
  expect(layer('CN', '全国', answer('a', '甲', { article: '第一条' })).entries[0]?.source.document).toBe('办法第一条')
})

test('a rule that named its end is not told after it', () => {
  const [entry] = parsePolicyLayer({
    code: '51',
    name: '四川省',
    sources: { rule: { ...source, validUntil: '2028-02-14' } },
    answers: [answer('a', '甲')],
  }).entries
  expect(entry && isInForce(entry, '2028-02-14')).toBe(true)
  expect(entry && isInForce(entry, '2028-02-15')).toBe(false)
})

describe('of several layers', () => {
  const layers = [
    layer('51', '四川省', answer('a', '四川'), answer('only', '四川才有')),
    layer('CN', '全国', answer('a', '全国')),
    layer('5104', '攀枝花市', answer('a', '攀枝花')),
  ]
  const said = (code: string | null) => policiesAt(layers, code).own.map(entry => entry.answer['zh-CN'])

  test('the narrowest that covers the place answers', () => {
    expect(said('510411')).toEqual(['攀枝花', '四川才有'])
    expect(said('510104')).toEqual(['四川', '四川才有'])
    expect(said('420702104212')).toEqual(['全国'])
    expect(said(null)).toEqual(['全国'])
  })
  test('what only another place speaks of is kept apart', () => {
    expect(policiesAt(layers, '42').elsewhere.map(({ id }) => id)).toEqual(['only'])
  })
  test('a place named in the question is found, the narrowest of two', () => {
    expect(placeNamed(layers, '四川攀枝花怎么规定')).toBe('5104')
    expect(placeNamed(layers, '四川怎么规定')).toBe('51')
    expect(placeNamed(layers, '怎么规定')).toBe(null)
  })
})

test('sentences end at full stops, semicolons and marks', () => {
  expect(sentencesOf('甲。乙；丙？')).toEqual(['甲', '乙', '丙'])
})
