import { expect, test } from 'vitest'
import { readSource, repositoryFiles } from './tree.ts'

/** The word that hurts, in two halves so that this file does not hold it. */
const WORD = ['失', '独'].join('')

/** What people say is understood and never said back; the glossary says that the word is not to be used. */
const heard =
  /^(src\/conversation\/(understanding|check)\/|locales\/zh-CN\/words\.yaml$|docs\/glossary\.md$|scripts\/|test\/golden\/|data\/)/

const named = (files: { path: string; text: string }[]) =>
  files.filter(({ path, text }) => !heard.test(path) && text.includes(WORD)).map(({ path }) => path)

test('the word is found where it stands, and left alone where it is only heard', () => {
  const files = ['locales/zh-CN/care.yaml', 'src/conversation/understanding/data/cues.json']
  expect(named(files.map(path => ({ path, text: `一个${WORD}家庭` })))).toEqual(['locales/zh-CN/care.yaml'])
})

test('no sentence, page, flow or place of this house says it', () => {
  const files = repositoryFiles().filter(path => /\.(yaml|json|ts|vue|md|html|css|sql)$/.test(path))
  expect(files.length).toBeGreaterThan(500)
  expect(named(files.map(path => ({ path, text: readSource(path).text })))).toEqual([])
})
