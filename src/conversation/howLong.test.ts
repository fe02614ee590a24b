import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'

const { library } = loadKnowledge('.')

const last = (...said: Parameters<typeof lastOf>[1]) => lastOf(library, said)
const line = (matter: string, values: Record<string, number | boolean | null>) =>
  library.text('zh-CN', 'desk.howLong.line', { title: library.text('zh-CN', `${matter}.title`), ...values })
const { promiseDays, legalDays } = library.packFor('420702104212').birthRegistration
const registration = line('birth-registration', {
  promiseDays: promiseDays.value,
  legalDays: legalDays.value,
  byAnalogy: legalDays.byAnalogy ?? false,
  atOnce: false,
})

describe.each(['几天能办好', '要多久', '多长时间能办完？', '大概几天能拿证', '什么时候能办下来', '那要等多久啊'])(
  '“%s”',
  said => {
    test('in a matter that is not handed in is answered with the days of the place, and the question comes again', () => {
      const asked = ['生育登记', '妈妈', '同意', '王小花', '420704199003070024', '13812345678']
      const result = last(...asked, said)
      expect(result.command).toBeUndefined()
      expect(saidIn(result)[0]).toContain(registration)
      expect(saidIn(result)[1]).toBe(library.text('zh-CN', 'birth-registration.steps.region.text'))
    })
    test('at the front desk is about what was handed in, if anything was', () => {
      const asked = last('你好', said)
      expect(asked.command?.name).toBe('progress')
      const result = last('你好', said, { kind: 'commandResult', result: { outcome: 'none', values: {} } })
      expect(saidIn(result)[0]).toContain(registration)
    })
  },
)

test.each([
  ['生育登记几天能办好', registration],
  ['补证要几天', line('certificate-reissue', { promiseDays: 5, legalDays: null, byAnalogy: false, atOnce: true })],
])('“%s” at the front desk is answered for that matter', (said, told) =>
  expect(saidIn(last('你好', said))[0]).toContain(told),
)

test('where nobody has verified how long it takes, that is said', () =>
  expect(
    line('additional-birth-permit', { promiseDays: null, legalDays: null, byAnalogy: false, atOnce: false }),
  ).toContain('请向当地核实'))

test('进度 itself says that nothing was handed in', () => {
  const result = last('你好', '进度', { kind: 'commandResult', result: { outcome: 'none', values: {} } })
  expect(saidIn(result)).toEqual([library.text('zh-CN', 'desk.outcome.progress.none')])
})

test.each(['都办了几天了还没好', '产假多久', '几天内要登记', '出院后多久去登记'])(
  '“%s” asks for something else',
  said => expect(library.isPhrase('howLong', library.plain(said))).toBe(false),
)
