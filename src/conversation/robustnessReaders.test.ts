import { createContext, Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { realLibrary } from '../../test/golden/library.ts'
import { nameForMatching, readPersonName } from '../domain/personName.ts'
import { readIdentityNumber } from '../domain/identityNumber.ts'
import { readPhone } from '../domain/phone.ts'
import { converse } from './converse.ts'
import { smallContext } from './testdata/smallLibrary.ts'
import { inputTypes } from './types.ts'

const library = realLibrary()
const TODAY = '2026-11-23'
const BYTES = 100 * 1024

/** Pieces that the patterns of the readers look for, repeated: what makes a careless pattern try everything. */
const pieces = [
  ...['a', '1', '一', '〇', '十', '!', '。', '，', '·', '-', '(', '\\', '😀', 'é', 'e\u0301', '\ufdfa', '０', '𬱖'],
  ...[' ', '\t', '\u3000', '\u200b', '\u202e', '\ud800', '\u0000', 'ab ', '1 ', '.*', '{n}', '+86', '转', '闰'],
  ...['年', '月', '点', '周', '的', '我', '3月', '农历', '一百', '不是', '还有', '孩子', '大概', '的名字是', '百分之'],
]
const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
/** Whole, between letters, with a letter behind, behind a digit; at full length and at the longest that readers still look at. */
const shapes = (piece: string) =>
  [BYTES, 2000, 500, 300].flatMap(length => {
    const body = filled(piece, length - 2)
    return [body, `x${body}x`, `${body}x`, `1${body}`, `二${body}日`]
  })

/** A linear reader needs a few milliseconds; one whose time grows with the square needs minutes. Room for busy machines. */
const GENEROUS_MS = 1500

const limited = createContext({ run: (): unknown => null })
const call = new Script('run()')

/**
 * Ends a reader that hangs, which no time limit of a test could: a pattern that tries everything would hang the whole run.
 * The guard is set once for all texts, because setting it takes longer than most readings; none of them may be slow.
 */
function expectQuick(what: string, texts: readonly string[], read: (text: string) => unknown): void {
  const slow: string[] = []
  limited['run'] = () => {
    for (const text of texts) {
      const began = performance.now()
      read(text)
      if (performance.now() - began > GENEROUS_MS) slow.push(`${text.length} of ${text.slice(0, 20)}`)
    }
  }
  expect(() => call.runInContext(limited, { timeout: GENEROUS_MS * texts.length }), what).not.toThrow()
  expect(slow, what).toEqual([])
}

const options = [
  { value: 'a', label: '孩子妈妈', synonyms: ['妈妈'] },
  { value: 'b', label: '孩子爸爸' },
]

describe.each(pieces.map(piece => ({ name: JSON.stringify(piece), piece })))('100 kB of $name', ({ piece }) => {
  const texts = shapes(piece)

  test.each(inputTypes)('as %s is read at once', type => {
    expectQuick(type, texts, text => library.readValue(type, text, { today: TODAY, options, min: 0, max: 9 }))
    const birth = { today: TODAY, sense: 'birthDate' as const, within: '420702' }
    expectQuick(type, texts, text => library.readValue(type, text, birth))
  })

  test('as a wish, a word, a name, a number is read at once', () => {
    expectQuick('intents', texts, text => library.readIntents(text))
    expectQuick('plain', texts, text => library.plain(text))
    expectQuick('watch', texts, text => library.watch.alarm(text))
    expectQuick('topic', texts, text => library.watch.refusedTopic(text))
    expectQuick('name', texts, text => [readPersonName(text), nameForMatching(text)])
    expectQuick('numbers', texts, text => [readIdentityNumber(text, TODAY), readPhone(text)])
  })

  test('as a message is answered at once', () => {
    expectQuick('turn', texts, text => converse(library, null, { kind: 'text', text }, smallContext()))
  })
})
