import { describe, expect, test } from 'vitest'
import { BrokenLibrary, compileLibrary } from './library.ts'
import { smallTools } from './testdata/smallLibrary.ts'
import { languages } from './types.ts'

const end = { id: 'fin', kind: 'end' }
const texts = { title: 'T', steps: { fin: { text: 'F' }, q: { text: 'Q', label: 'L', help: 'H', example: 'E' } } }
const ask = { id: 'q', kind: 'ask', slot: 'q', type: 'text', tries: 3 }

function load(steps: unknown[], locale: unknown = texts) {
  const locales = languages.map(language => ({
    language,
    namespace: 'test',
    file: `locales/${language}/test.yaml`,
    content: locale,
  }))
  return compileLibrary(
    { flows: [{ file: 'flows/test/flow.yaml', content: { flow: 'test', revision: 1, steps } }], locales },
    smallTools,
  )
}

describe('loading', () => {
  test('a sound flow goes into service', () => expect(load([ask, end]).flow('test', 1)?.steps).toHaveLength(2))

  test('steps of all kinds are laid out alike', () => {
    const steps = load([{ ...ask, when: "today == ''" }, end]).flow('test', 1)?.steps ?? []
    const [fieldsOfAsk, fieldsOfEnd] = steps.map(step => Object.keys(step))
    expect(fieldsOfEnd).toEqual(fieldsOfAsk)
  })

  test.each([
    ['a misspelt field', [{ ...ask, optinal: true }, end], 'flows/test/flow.yaml: step q'],
    ['a condition that does not parse', [ask, { ...end, when: 'slots.q ==' }], 'step fin'],
    ['a condition that is no yes or no', [ask, { ...end, when: 'today' }], 'gives string'],
    ['a condition on a slot nobody fills', [ask, { ...end, when: "slots.z == 'x'" }], 'fin [unknownName]'],
    ['an exit to nowhere', [{ ...ask, next: 'gone' }, end], 'flows/test/flow.yaml q [unknownStep]'],
  ])('%s stops the load and names file, step and rule', (_, steps, message) => {
    expect(() => load(steps)).toThrow(BrokenLibrary)
    expect(() => load(steps)).toThrow(message)
  })

  test('a message that is not well formed names its file and key', () => {
    expect(() => load([end], { title: '{n, plural, one {x}' })).toThrow('locales/zh-CN/test.yaml: test.title')
  })

  test('a condition cannot be made expensive', () => {
    expect(() => load([ask, { ...end, when: Array(80).fill("slots.q == 'x'").join(' || ') }])).toThrow(BrokenLibrary)
  })
})
