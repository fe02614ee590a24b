import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf } from './testdata/saying.ts'

const { library } = loadKnowledge('.')

const last = (...said: string[]) => lastOf(library, said)

const consentAsked = ['生育登记', '妈妈']
const reviewed = [
  ...consentAsked,
  '同意',
  '王小花',
  '420704199003070024',
  '13812345678',
  '下柯村',
  '还没出生',
  '2027年3月15日',
  '0',
]
const consents = (...said: string[]) => last(...said).effects.filter(({ type }) => type === 'consent')

describe('a declaration that counts in law', () => {
  test.each([
    '可以不填身份证号吗',
    '不同意会怎么样',
    '我得先问我老公同意不同意',
    '等我男人回来再提交行不',
    '同意书在哪里',
    '要是同意了，你们会不会卖我的信息',
    '可以再想想',
    '同意的话要交钱不',
    'do i have to agree?',
  ])('is not made by “%s”', said => expect(consents(...consentAsked, said)).toEqual([]))

  test.each([
    '我同意',
    '好的，同意',
    '同意同意',
    '嗯，可以',
    '行吧',
    '同意办理',
    '没问题，同意',
    '我愿意',
    'ok',
    'i agree',
    'Yes, I agree',
  ])('is made by “%s”', said =>
    expect(consents(...consentAsked, said)).toEqual([expect.objectContaining({ granted: true })]),
  )

  test.each(['不同意', '我不同意', '不想同意'])('is refused by “%s”, or asked again', said =>
    expect(consents(...consentAsked, said)).not.toContainEqual(expect.objectContaining({ granted: true })),
  )
})

describe('what was filled in', () => {
  test.each([
    '提交了还能改吗',
    '等我儿子回来再提交',
    '提交不了',
    '对不对我看不清',
    '没错没错，等下再提交',
    '提交后几天办好',
  ])('is not handed in by “%s”', said =>
    expect(last(...reviewed, said).command?.name).not.toBe('submitBirthRegistration'),
  )
  test.each(['没错', '没错，提交', '都对，提交吧', '没问题', '对的对的', '提交', '核对过了，没错', '1'])(
    'is handed in by “%s”',
    said => expect(last(...reviewed, said).command?.name).toBe('submitBirthRegistration'),
  )
})
