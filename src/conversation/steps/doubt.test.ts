import { describe, expect, test } from 'vitest'
import { identityCheckCharacter } from '../../domain/identityNumber.ts'
import { loadKnowledge } from '../../runtime/knowledge.ts'
import { lastOf, saidIn } from '../testdata/saying.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)
/** `order`: its last figure is odd for men. */
const numberOf = (birth: string, order: string): string => {
  const first = `420704${birth}${order}`
  return first + identityCheckCharacter(first)
}
const woman = numberOf('19900307', '002')
const man = numberOf('19900307', '001')
const asked = (who: string) => ['生育登记', who, '同意', '王小花']
const stepAfter = (who: string, ...said: string[]) => last(...asked(who), ...said).state.step

describe('an identity number that is not what is usual of its owner', () => {
  test.each([
    ['爸爸', woman, '女的，1990年3月7日出生。是孩子爸爸本人的吗'],
    ['妈妈', man, '男的，1990年3月7日出生。是孩子妈妈本人的吗'],
    ['妈妈', numberOf('19500307', '002'), '1950年3月7日出生'],
    ['妈妈', numberOf('20200307', '002'), '2020年3月7日出生'],
  ])('of %s, %s, is asked about once, and a yes goes on', (who, number, question) => {
    const result = last(...asked(who), number)
    expect(saidIn(result).join()).toContain(question)
    expect(result.state.step).toBe('applicantId')
    expect(stepAfter(who, number, '对')).toBe('phone')
  })

  test('a no asks for the number again, and another number is taken at once', () => {
    expect(saidIn(last(...asked('爸爸'), woman, '不对'))).toEqual([
      library.text('zh-CN', 'birth-registration.steps.applicantId.text'),
    ])
    expect(stepAfter('爸爸', woman, man)).toBe('phone')
  })

  test.each([
    ['妈妈', woman],
    ['爸爸', man],
  ])('of %s with the usual one is taken without a word', (who, number) => expect(stepAfter(who, number)).toBe('phone'))
})

test('for another parent nobody knows which, so only the age is unusual', () => {
  const proxy = ['生育登记', '替别人办', '同意', '同意', '李四', '婆婆', '王小花']
  expect(last(...proxy, woman).state.step).toBe('phone')
  expect(last(...proxy, man).state.step).toBe('phone')
  expect(last(...proxy, numberOf('19500307', '002')).state.step).toBe('applicantId')
})
