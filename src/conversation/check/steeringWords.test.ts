import { expect, test } from 'vitest'
import { compileFlow } from '../flowFile.ts'
import { assembleLibrary } from '../library.ts'
import { smallTools } from '../testdata/smallLibrary.ts'
import { checkFlows } from './registry.ts'

/** A rating whose second reason reads so. */
function findingsWith(reason: string): string[] {
  const ask = { kind: 'ask', tries: 3 }
  const content = {
    ...{ flow: 'rated', revision: 1 },
    steps: [
      { ...ask, id: 'level', slot: 'level', type: 'choice', options: [5, 4, 3, 2, 1], rating: true },
      { ...ask, id: 'reasons', slot: 'reasons', type: 'multiChoice', options: ['waited', 'other'], optional: true },
    ],
  }
  const options = { waited: '等的时间长', other: reason }
  const texts = { title: '评价', steps: { level: { text: '请评价' }, reasons: { text: '哪里不好', options } } }
  const words = { steering: ['是我自己', '五星'] }
  const locales = Object.entries({ rated: texts, words }).map(([namespace, text]) => ({
    ...{ language: 'zh-CN' as const, namespace, file: `locales/zh-CN/${namespace}.yaml`, content: text },
  }))
  const flows = [{ file: 'flows/rated.yaml', content }]
  const library = assembleLibrary({ flows, locales, migrations: [] }, smallTools)
  return checkFlows(library, flows.map(compileFlow), [])
    .filter(({ rule }) => rule === 'steeringWords')
    .map(({ message }) => message)
}

test('a reason for a bad rating that puts the blame on who rates, or leads back to praise, is refused', () => {
  expect(findingsWith('别的')).toEqual([])
  expect(findingsWith('是我自己没弄懂')).toEqual(['rated.steps.reasons.options.other steers the answer by "是我自己"'])
  expect(findingsWith('其实该给五星')).toHaveLength(1)
})
