import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeReadIntents } from './intents.ts'
import { ownExamples } from './training.ts'

const readIntents = makeReadIntents([{ intent: 'service_rating', text: '我要给这次登记打五级评价' }])
const first = (text: string) => readIntents(text)[0]
const sure = (text: string) =>
  readIntents(text)
    .filter(({ score }) => score >= 0.6)
    .map(({ intent }) => intent)

describe('a free message', () => {
  it.each([
    ['我怀孕了，想办生育登记', 'birth_registration'],
    ['我媳妇怀上了，咋登记', 'birth_registration'],
    ['准生证在哪里办', 'certificate_new'],
    ['我想登记生孩子', 'birth_registration'],
    ['再生育证在网上怎么申请', 'certificate_new'],
    ['我的准生证丢了，要补一个', 'certificate_reissue'],
    ['登记要带哪些材料', 'materials_notice'],
    ['我的登记办好了没有', 'progress_query'],
    ['我要投诉窗口的人', 'complaint'],
    ['三千六的育儿补贴咋领', 'childcare_subsidy'],
    ['独生子女奖励金怎么申请', 'reward_support'],
    ['别给我转人工，我就查一下进度', 'progress_query'],
    ['能不能帮我转人工', 'talk_to_human'],
    ['我不想办了', 'cancel'],
    ['你好呀', 'greeting'],
    ['把我的个人信息删了', 'privacy_request'],
    ['看病想请人陪诊', 'warm_heart_help'],
    ['产假多少天', 'policy_question'],
    ['查看待办任务', 'officer_task'],
    ['我想替我妹妹代办', 'proxy'],
    ['去哪里填满意度问卷', 'survey'],
  ])('is understood: %s is %s', (text, intent) => {
    expect(first(text)).toMatchObject({ intent })
  })

  it('is understood by what it was taught, but for a few short words of two meanings', () => {
    const wrong = ownExamples.filter(({ intent, text }) => !readIntents(text).some(heard => heard.intent === intent))
    expect(wrong.length / ownExamples.length).toBeLessThan(0.01)
    expect(first('这次登记打五级评价')).toMatchObject({ intent: 'service_rating' })
  })

  it.each([
    '张三',
    '王小丽',
    '沼山镇下柯村',
    '两个',
    '2026年3月5日',
    '腊月初八',
    '13800000000',
    '是',
    '不是',
    '今天天气不错',
    '我姓陈',
    '',
  ])('that only answers a question asks for nothing: %s', text => {
    expect(sure(text).filter(intent => intent !== 'other')).toEqual([])
  })

  it('may ask for two things, which stay in their order', () => {
    expect(sure('我要办生育登记，另外育儿补贴怎么领？')).toEqual(['birth_registration', 'childcare_subsidy'])
    expect(sure('育儿补贴怎么领，我还要办生育登记')).toEqual(['childcare_subsidy', 'birth_registration'])
  })

  it.each([
    ['我的证掉了要补我还要投诉你们窗口', ['certificate_reissue', 'complaint']],
    ['我的登记办到哪一步了我要投诉你们太慢', ['progress_query', 'complaint']],
    ['我要投诉这个窗口的人给我转人工', ['complaint', 'talk_to_human']],
    ['我要投诉你们打骚扰电话把我的信息删掉', ['complaint', 'privacy_request']],
    ['我想申请育儿补贴都要带什么', ['childcare_subsidy', 'materials_notice']],
    ['我要投诉村会计再一个我想申请育儿补贴', ['complaint', 'childcare_subsidy']],
  ])('may ask for two things in one breath, without a pause: %s', (text, both) => {
    expect(sure(text)).toEqual(both)
  })

  it.each([
    ['你们怎么不让我投诉', ['complaint']],
    ['麻烦帮忙把我的资料删掉', ['privacy_request']],
    ['办登记要带什么', ['materials_notice']],
  ])('asks for one thing where only one is meant: %s', (text, one) => {
    expect(sure(text)).toEqual(one)
  })

  it('does not ask for what it denies', () => {
    expect(sure('我不是要办生育登记')).not.toContain('birth_registration')
    expect(sure('不是补证，我要办生育登记')).toEqual(['birth_registration'])
  })

  it.each(['活着没意思', '我不想活了', '真想死了算了', '活着有什么意思，想跳河'])(
    'of despair comes before everything: %s',
    text => {
      expect(readIntents(`我要办生育登记，${text}`)).toEqual([{ intent: 'crisis', score: 1 }])
    },
  )

  it.each(['我老婆要生了', '大出血了怎么办', '羊水破了', '孩子没有呼吸了', '孩子抽搐了'])(
    'of danger comes before everything: %s',
    text => {
      expect(first(text)).toEqual({ intent: 'emergency', score: 1 })
    },
  )

  it.each(['下个月要生了，来登记', '预产期是明年三月', '累死了，跑了三趟', '笑死我了'])(
    'is no alarm when nothing is happening: %s',
    text => {
      expect(['crisis', 'emergency']).not.toContain(first(text)?.intent)
    },
  )
})

it('understands nine of ten messages it was not taught, and is never sure of a wrong request', () => {
  const file = readFileSync(new URL('testdata/intents-unseen.tsv', import.meta.url), 'utf8')
  const cases = file
    .trim()
    .split('\n')
    .map(line => line.split('\t'))
  const right = cases.filter(([intent, text = '']) => first(text)?.intent === intent)
  expect(right.length / cases.length).toBeGreaterThanOrEqual(0.9)
  const misled = cases.filter(([intent = '', text = '']) =>
    sure(text).some(heard => heard !== intent && heard !== 'other'),
  )
  expect(misled).toEqual([])
})

it('gives scores between 0 and 1, the same every time, in well under a millisecond a text', () => {
  const again = makeReadIntents([{ intent: 'service_rating', text: '我要给这次登记打五级评价' }])
  const piece = fc.constantFrom(
    '登记',
    '补贴',
    '怎么',
    '我要',
    '不',
    '，',
    '投诉',
    '材料',
    '证',
    '丢了',
    '😀',
    '\ud800',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), parts => {
      const heard = readIntents(parts.join(''))
      expect(again(parts.join(''))).toEqual(heard)
      for (const { score } of heard) expect(score > 0 && score <= 1).toBe(true)
    }),
  )
  // Time of the processor, not of the wall: other work on the machine is none of the reader's.
  const before = process.cpuUsage()
  for (let i = 0; i < 1000; i++) readIntents(`我怀孕了，想问问生育登记要带什么材料${i}`)
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
})
