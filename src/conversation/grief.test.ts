import { expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { converse } from './converse.ts'
import { smallContext } from './testdata/smallLibrary.ts'
import type { Conversation, TurnResult } from './types.ts'

const { library } = loadKnowledge('.')

/** What the last of these sentences brings about, said one after the other. */
function last(...said: string[]): TurnResult {
  let stored: Conversation | null = null
  const results = said.map((text, n) => {
    const result = converse(library, stored, { kind: 'text', text }, smallContext(n + 1))
    stored = result.conversation
    return result
  })
  const [result] = results.slice(-1)
  if (!result) throw new Error('nothing was said')
  return result
}
const lossIn = ({ effects }: TurnResult) => effects.find(effect => effect.type === 'bereaved')?.lost ?? null

test('a loss told together with a cry for help is known, and the cry is answered alone', () => {
  const result = last('孩子没保住，我不想活了')
  expect(lossIn(result)).toBe('child')
  expect(result.replies.map(({ text }) => text)).toEqual([library.text('zh-CN', 'desk.distress')])
})

test('a loss told while a human is on his way is known', () => {
  expect(lossIn(last('我不想活了', '我儿子上个月走了'))).toBe('child')
})

test('no loss is known of a cry for help alone', () => expect(lossIn(last('我不想活了'))).toBeNull())

test('a loss told where a name is asked for is no name', () => {
  const asked = ['生育登记', '1', '同意']
  const { state } = last(...asked)
  const result = last(...asked, '老伴走了')
  expect(lossIn(result)).toBe('person')
  expect(result.state.step).toBe(state.step)
  expect(result.replies.map(({ text }) => text)).toEqual([
    library.text('zh-CN', 'grief.said'),
    library.text('zh-CN', 'grief.inMatter'),
  ])
})
