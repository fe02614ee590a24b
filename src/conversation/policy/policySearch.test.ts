import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadPolicies } from '../../runtime/loadPolicies.ts'
import { makePolicySearch, type PolicyFinding } from './policySearch.ts'

const { layers, wordbook } = loadPolicies('.')
const search = makePolicySearch(layers, wordbook)
const ask = (text: string, regionCode: string | null = null, today = '2026-11-22') =>
  search.find({ text, regionCode, today })

interface Score {
  known: number
  /** Answered, and with the right answer. */
  right: number
  wrong: string[]
  /** Answered, or offered among the choices. */
  reached: number
  /** Questions we have no answer to which were answered all the same. */
  invented: string[]
  foreign: number
}

function scoreOf(set: string): Score {
  const rows = readFileSync(new URL(`testdata/questions.${set}.tsv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const score: Score = { known: 0, right: 0, wrong: [], reached: 0, invented: [], foreign: 0 }
  for (const row of rows) {
    const [expected = '', text = ''] = row.split('\t')
    const finding = ask(text)
    if (expected === 'none') noteForeign(score, text, finding)
    else noteKnown(score, expected, text, finding)
  }
  const share = (part: number) => (part / score.known).toFixed(3)
  process.stdout.write(
    `${set}: ${score.known} questions, answered ${share(score.right)}, answered or offered ${share(score.reached)}, ` +
      `wrong ${score.wrong.length}; ${score.foreign} that are not ours, answered ${score.invented.length}\n`,
  )
  return score
}

function noteForeign(score: Score, text: string, finding: PolicyFinding): void {
  score.foreign += 1
  if (finding.kind === 'found') score.invented.push(text)
}

function noteKnown(score: Score, expected: string, text: string, finding: PolicyFinding): void {
  score.known += 1
  if (finding.kind === 'found') {
    if (finding.found.entry.id === expected) {
      score.right += 1
      score.reached += 1
    } else score.wrong.push(text)
  }
  if (finding.kind === 'unsure' && finding.among.some(({ entry }) => entry.id === expected)) score.reached += 1
}

test.each(['不知道是哪里啊哈', '我哪里知道', '在哪里看'])('%s is no question about the sex of a child', text => {
  const finding = ask(text)
  if (finding.kind === 'found') expect(finding.found.entry.id).not.toBe('fetalSexTest')
  if (finding.kind === 'unsure') expect(finding.among.map(({ entry }) => entry.id)).not.toContain('fetalSexTest')
})

describe('questions are found by what is meant', () => {
  test('in the set that wordings were taken from', () => {
    const { right, known, wrong, invented } = scoreOf('dev')
    expect(right / known).toBeGreaterThan(0.95)
    expect(wrong.length + invented.length).toBeLessThanOrEqual(1)
  })
  test('in the set written before the search, and not tuned on', () => {
    const { right, reached, known, wrong, invented } = scoreOf('test')
    expect(right / known).toBeGreaterThan(0.88)
    expect(reached / known).toBeGreaterThan(0.95)
    expect(wrong.length).toBeLessThanOrEqual(3)
    expect(invented).toEqual([])
  })
  test('in the set of roundabout wordings, from which words were learnt afterwards', () => {
    const { right, known, wrong, invented, foreign } = scoreOf('late')
    expect(right / known).toBeGreaterThan(0.7)
    expect(wrong.length).toBeLessThanOrEqual(2)
    expect(invented.length / foreign).toBeLessThan(0.1)
  })
})

describe('the place decides', () => {
  const answerAt = (text: string, code: string | null) => {
    const finding = ask(text, code)
    return finding.kind === 'found' ? finding.found.entry.code : finding.kind
  }
  test('the narrowest answer of the place of the case', () => {
    expect(answerAt('未婚能不能登记', '510104')).toBe('51')
    expect(answerAt('未婚能不能登记', '410102001002')).toBe('41')
    expect(answerAt('未婚能不能登记', '420702104212')).toBe('CN')
  })
  test('a place named in the question goes before that of the case', () => {
    expect(answerAt('广东未婚能不能登记', '510104')).toBe('44')
  })
  test('what only another place has verified is marked as such', () => {
    const finding = ask('登记要怀孕证明吗', '420702')
    expect(finding).toMatchObject({ kind: 'found', found: { elsewhere: true, entry: { code: '44' } } })
  })
  test('a rule that has ended is not told any more, the wider one speaks', () => {
    expect(ask('四川没结婚能不能登记', null, '2028-02-15')).not.toMatchObject({ found: { entry: { code: '51' } } })
  })
})

test('every answer has its source with the day it was checked, and each is found by its own title', () => {
  expect(search.entries.length).toBeGreaterThanOrEqual(60)
  const lost = search.entries.filter(({ title, code, id }) => {
    const finding = ask(title['zh-CN'], code === 'CN' ? null : code)
    return finding.kind === 'unknown' || (finding.kind === 'found' && finding.found.entry.id !== id)
  })
  expect(lost.map(({ code, id }) => `${code} ${id}`)).toEqual([])
  expect(search.entries.filter(({ source }) => !/^\d{4}-\d\d-\d\d$/.test(source.checked))).toEqual([])
})

test('nothing that can be typed breaks the search', () => {
  for (const text of ['', ' ', '？？？', '😀', 'a'.repeat(5000), '产'.repeat(5000), '\u0000', '{}'])
    expect(ask(text).kind).toBeTypeOf('string')
})
