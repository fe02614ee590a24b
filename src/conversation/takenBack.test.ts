import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../runtime/knowledge.ts'
import { lastOf, saidIn } from './testdata/saying.ts'

const { library } = loadKnowledge('.')

const upToPhone = ['生育登记', '妈妈', '同意', '李小红', '420704199003070024']
const last = (...said: string[]) => lastOf(library, [...upToPhone, ...said])
const slotsOf = ({ conversation }: ReturnType<typeof last>) => conversation.sessions[0]?.slots

test.each([
  '不对，是13900000000',
  '说错了，13900000000',
  '打错了 应该是139 0000 0000',
  '等一下，刚才说错了，是13900000000',
  '电话错了，是13900000000',
])('“%s” right after the phone corrects it and asks on', said => {
  const result = last('13800000000', said)
  expect(slotsOf(result)).toMatchObject({ phone: '13900000000' })
  expect(result.state.step).toBe('region')
  expect(saidIn(result)[0]).toContain('139')
})

test.each(['姓名写错了，是李小洪', '名字错了，应该是李小洪'])('“%s” corrects the answer that is named', said => {
  const result = last('13800000000', said)
  expect(slotsOf(result)).toMatchObject({ applicantName: '李小洪', applicantId: '420704199003070024' })
  expect(result.state.step).toBe('region')
})

test.each(['电话错了', '手机号写错了'])('“%s” without a new one has it asked again', said => {
  const result = last('13800000000', said)
  expect(result.state.step).toBe('phone')
  expect(saidIn(result)).toEqual([library.text('zh-CN', 'birth-registration.steps.phone.text')])
  const corrected = last('13800000000', said, '13900000000')
  expect(slotsOf(corrected)).toMatchObject({ phone: '13900000000' })
  expect(corrected.state.step).toBe('region')
})

test('what is wrong on a paper is an answer where that is asked', () => {
  const asked = ['补证', '下柯村', '生育登记凭证']
  expect(lastOf(library, asked).state.step).toBe('reason')
  const result = lastOf(library, [...asked, '名字写错了'])
  expect(slotsOf(result)).toMatchObject({ reason: 'changed' })
})

test('a new answer with a slip is refused for its reason, and the question is asked again', () => {
  const result = last('不对，应该是420704199003070026')
  expect(result.state.step).toBe('applicantId')
  expect(saidIn(result)[0]).toBe(library.text('zh-CN', 'refusal.checksum'))
})

test('words that only a free text would take are kept from questions answered long ago', () => {
  const proxied = ['替家里人办生育登记', '同意', '同意', '李大山', '公公']
  const corrected = lastOf(library, [...proxied, '不对，是婆婆'])
  expect(slotsOf(corrected)).toMatchObject({ proxyRelation: '婆婆' })
  const said = lastOf(library, [...proxied, '李小红', '420704199003070024', '不对，是那边的'])
  expect(slotsOf(said)).toMatchObject({ proxyRelation: '公公' })
})

test('a place that was echoed is corrected', () => {
  const result = last('13800000000', '下柯村', '不对，是长港镇')
  expect(saidIn(result).join()).toContain('长港')
})

test('what is no answer to any question is heard as before', () => {
  const result = last('13800000000', '不对，我要问产假几天')
  expect(slotsOf(result)).toMatchObject({ phone: '13800000000' })
  expect(result.state.step).toBe('region')
})

test('不对 with an answer to the open question answers it', () => {
  const result = last('13800000000', '下柯村', '不对，还没生')
  expect(slotsOf(result)).toMatchObject({ stage: 'expecting' })
})

test('nothing is corrected where nothing was answered', () => {
  const result = lastOf(library, ['生育登记', '不对，是妈妈'])
  expect(result.replies.length).toBeGreaterThan(0)
})

describe('at the review', () => {
  const reviewed = ['13800000000', '下柯村', '还没生', '2027年4月2日', '0']

  test.each([
    ['电话错了', 'phone'],
    ['姓名不对', 'applicantName'],
  ])('“%s” asks for it again', (said, step) => expect(last(...reviewed, said).state.step).toBe(step))

  test.each([
    ['电话', 'phone'],
    ['改身份证号', 'applicantId'],
    ['4', 'phone'],
  ])('“%s” answers which one is to be changed', (said, step) =>
    expect(last(...reviewed, '不对', said).state.step).toBe(step),
  )

  test('a new value with its name is taken at once', () => {
    const result = last(...reviewed, '不对', '预产期错了，是2027年4月14号')
    expect(slotsOf(result)).toMatchObject({ birthDate: '2027-04-14' })
    expect(result.state.step).toBe('review')
  })
})
