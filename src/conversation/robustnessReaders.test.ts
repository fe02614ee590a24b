import { runInNewContext } from 'node:vm'
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

/** Ends a reader that hangs, which no time limit of a test could: a pattern that tries everything would hang the whole run. */
function expectQuick(what: string, run: () => unknown): void {
  const ended = () => runInNewContext('run()', { run }, { timeout: GENEROUS_MS })
  expect(ended, what).not.toThrow()
}

const options = [
  { value: 'a', label: '孩子妈妈', synonyms: ['妈妈'] },
  { value: 'b', label: '孩子爸爸' },
]

describe.each(pieces.map(piece => ({ name: JSON.stringify(piece), piece })))('100 kB of $name', ({ piece }) => {
  const texts = shapes(piece)

  test.each(inputTypes)('as %s is read at once', type => {
    for (const text of texts) {
      expectQuick(type, () => library.readValue(type, text, { today: TODAY, options, min: 0, max: 9 }))
      expectQuick(type, () => library.readValue(type, text, { today: TODAY, sense: 'birthDate', within: '420702' }))
    }
  })

  test('as a wish, a word, a name, a number is read at once', () => {
    for (const text of texts) {
      expectQuick('intents', () => library.readIntents(text))
      expectQuick('plain', () => library.plain(text))
      expectQuick('watch', () => library.watch.alarm(text))
      expectQuick('topic', () => library.watch.refusedTopic(text))
      expectQuick('name', () => [readPersonName(text), nameForMatching(text)])
      expectQuick('numbers', () => [readIdentityNumber(text, TODAY), readPhone(text)])
    }
  })

  test('as a message is answered at once', () => {
    for (const text of texts) {
      expectQuick('turn', () => converse(library, null, { kind: 'text', text }, smallContext()))
    }
  })
})
