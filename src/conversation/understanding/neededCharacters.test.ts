import fc from 'fast-check'
import { expect, test } from 'vitest'
import cues from './data/alarmCues.json' with { type: 'json' }
import alarms from './data/alarms.json' with { type: 'json' }
import dialect from './data/dialect.json' with { type: 'json' }
import { neededCharacters, partsOf } from './neededCharacters.ts'

const sorted = (characters: Iterable<string>) => [...characters].toSorted().join('')

test.each([
  ['死', ['死']],
  ['活着?没意思', ['活', '意']],
  ['(?:想|要)跳楼', ['跳', '楼']],
  ['a|bc', ['ab']],
  ['ax|bc', ['ab', 'xc']],
  ['a(?:x|bc)', ['a', 'xb']],
  ['[疼痛]得', ['疼痛', '得']],
  ['(?<!不)想死', ['死', '想']],
  ['1[12]0', ['1', '0']],
  ['\\d+分', ['分', '0123456789']],
  ['\\d{2}', ['0123456789']],
  ['救+命', ['救', '命']],
  ['x{0,3}y', ['y']],
  ['x{2}', ['x']],
  ['想(?:💀|⚰)', ['💀⚰', '想']],
])('every match of %s holds something of each of %j', (pattern, lists) => {
  expect(neededCharacters(pattern).map(sorted)).toEqual(lists.map(sorted))
})

test.each(['.*', 'a?', '[^a]', 'a|.', '(?=a)', '\\p{L}+', '[a-c]', '(?:a|b)*', '^$', '\\b'])(
  'of %s nothing can be told',
  pattern => {
    expect(neededCharacters(pattern)).toEqual([])
  },
)

test.each(['(a', 'a)', '[a', '(?<name>a)'])('%s is not taken for something else', pattern => {
  expect(() => neededCharacters(pattern)).toThrow(Error)
})

test('an expression matches where one of its parts does', () => {
  expect(partsOf('a|(?:b|c)d|[|]|\\|')).toEqual(['a', '(?:b|c)d', '[|]', '\\|'])
})

const rules = [
  ...[alarms.harmless, alarms.crisis, alarms.labour, alarms.emergency, cues].flatMap(patterns =>
    Object.values(patterns),
  ),
  ...dialect.flatMap(([from]) => from ?? []),
]

test('no rule of ours speaks of a text without any of its characters', () => {
  const parts = rules.flatMap(partsOf).map(part => ({ speaks: new RegExp(part, 'u'), needed: neededCharacters(part) }))
  const pieces = rules.flatMap(rule => rule.match(/[\p{Script=Han}\w]+/gu) ?? [])
  const texts = fc
    .array(fc.constantFrom(...pieces, '，', ' '), { minLength: 1, maxLength: 5 })
    .map(said => said.join(''))
  fc.assert(
    fc.property(texts, text => {
      for (const { speaks, needed } of parts) {
        if (!speaks.test(text)) continue
        for (const list of needed) expect(Array.from(text).some(character => list.has(character))).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
})
