import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadKnowledge } from './knowledge.ts'

const { library } = loadKnowledge('.')
const folder = 'regions/knowledge/answers'
const answers = readdirSync(folder)
  .map(file => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n')
const told = [...answers.matchAll(/回复“([^”]+)”|reply "([^"]+)"/gi)].map(
  ([, chinese, english]) => chinese ?? english ?? '',
)

test.each([...new Set(told)])('an answer that tells people to reply “%s” names a word that is heard', word => {
  const plain = library.plain(word)
  expect(library.commandWord(plain) ?? library.flowByKeyword(plain)).not.toBeNull()
})

test('who asks what becomes of his data is sent to where it is seen, changed and deleted', () => {
  expect(told).toContain('我的资料')
  expect(library.flowByKeyword(library.plain('我的资料'))?.name).toBe('privacy')
})
