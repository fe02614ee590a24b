import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { ruledAlarm, seriousPart } from './alarmRules.ts'
import { hearAlarm, screen, SCREENED } from './alarms.ts'
import stored from './data/intentModel.json' with { type: 'json' }
import storedAlarms from './data/alarmModel.json' with { type: 'json' }
import storedScreen from './data/alarmScreen.json' with { type: 'json' }
import { decide } from './decide.ts'
import { weigh } from './intentModel.ts'
import { makeReadIntents } from './intents.ts'
import flowExamples from './data/flowExamples.json' with { type: 'json' }
import { alarmExamples, alarmMark, intentMark, ownExamples, trainStored } from './training.ts'

const renew = 'npm run intents:train (see INTENTS.md)'

it('the stored models were trained from the examples as they are', () => {
  expect(stored.of, renew).toBe(intentMark)
  expect(storedAlarms.of, renew).toBe(alarmMark)
  expect(storedScreen.of, renew).toBe(alarmMark)
})

it('training again gives the stored models', { timeout: 600_000 }, () => {
  const again = trainStored()
  expect(again.intents, renew).toEqual(stored)
  expect(again.alarms, renew).toEqual(storedAlarms)
  expect(again.screen, renew).toEqual(storedScreen)
})

it('the examples are those of the flows as they are, so that no start has to train', () => {
  const flows = readdirSync('flows', { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const examples: Record<string, string[]> = {}
  for (const { name } of flows) {
    const flow: { intent?: string; examples?: string[] } = parse(readFileSync(`flows/${name}/flow.yaml`, 'utf8'))
    if (flow.intent && flow.examples) examples[flow.intent] = [...(examples[flow.intent] ?? []), ...flow.examples]
  }
  expect(flowExamples, renew).toEqual(examples)
})

/** Characters of a word or a set phrase: 转人工, 我不想活了. */
const WORD = 7
const setOf = (file: string) =>
  readFileSync(new URL(`testdata/${file}.tsv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split('\t'))
    .map(([want = '', text = '']) => ({ want, text }))

it.each([
  'late',
  'late2',
  'late3',
  'late4',
  'late5',
  'late6',
  'late7',
  'late8',
  'late9',
  'late10',
  'late11',
  'late12',
  'dev5',
])('of alarms in words that nobody foresaw at least 98 in 100 are heard: %s', set => {
  const cries = setOf(`alarms.${set}`).filter(({ want }) => want !== 'ordinary')
  const heard = cries.filter(({ text }) => hearAlarm(text) !== null)
  expect(heard.length / cries.length).toBeGreaterThanOrEqual(0.98)
})

it.each(['late', 'late2', 'late3', 'late4', 'late5', 'late6', 'late7', 'late8', 'late9', 'late10', 'late11', 'late12'])(
  'the screen lets every cry that no rule hears through to the judge, with room, and holds back most of what is none: %s',
  set => {
    const lines = setOf(`alarms.${set}`).filter(({ text }) => ruledAlarm(text) === null && /\p{Script=Han}/u.test(text))
    const chance = (text: string) => 1 - (weigh(screen, seriousPart(text))[screen.intents.indexOf('ordinary')] ?? 0)
    const cries = lines.filter(({ want }) => want !== 'ordinary')
    const others = lines.filter(({ want }) => want === 'ordinary')
    expect(cries.filter(({ text }) => chance(text) < SCREENED * 1.5)).toEqual([])
    expect(others.filter(({ text }) => chance(text) >= SCREENED).length).toBeLessThan(others.length / 3)
  },
)

it.each([
  'alarms.late',
  'alarms.late2',
  'alarms.late3',
  'alarms.late4',
  'alarms.late5',
  'alarms.late6',
  'alarms.late7',
  'alarms.late8',
  'alarms.late9',
  'alarms.late10',
  'alarms.late11',
  'alarms.late12',
  'intents.late',
  'intents.late2',
  'intents.late3',
  'intents.late4',
  'intents.late5',
  'intents.late6',
  'intents.late7',
  'intents.late8',
  'intents.late9',
  'intents.late10',
  'intents.late11',
  'intents.dev2',
  'alarms.dev5',
  'intents.dev3',
])('of ordinary messages, also those made of words of danger, at most 2 in 100 are taken for an alarm: %s', set => {
  const ordinary = setOf(set).filter(({ want }) => want !== 'crisis' && want !== 'emergency')
  const taken = ordinary.filter(({ text }) => hearAlarm(text) !== null)
  expect(taken.length / ordinary.length).toBeLessThanOrEqual(0.02)
})

it.each([
  'late',
  'late2',
  'late3',
  'late4',
  'late5',
  'late6',
  'late7',
  'late8',
  'late9',
  'late10',
  'late11',
  'dev2',
  'dev3',
])('of requests that it was not taught 95 in 100 are understood, of two in one message 85 in 100: %s', set => {
  const read = makeReadIntents([])
  const share = (some: ReturnType<typeof setOf>) => {
    const right = some.filter(({ want, text }) => {
      const decision = decide(read(text))
      return decision.kind === 'asked' && decision.intents.join('+') === want
    })
    return right.length / some.length
  }
  const lines = setOf(`intents.${set}`)
  const doubles = lines.filter(({ want }) => want.includes('+'))
  if (doubles.length < lines.length)
    expect(share(lines.filter(line => !doubles.includes(line)))).toBeGreaterThanOrEqual(0.95)
  expect(share(doubles)).toBeGreaterThanOrEqual(0.85)
})

it('of long stories every cry is heard, nine in ten ordinary ones are understood, and few are taken for a cry', () => {
  const heard = ({ text }: { text: string }) => hearAlarm(text) !== null
  const [cries, others] = [true, false].map(cry =>
    setOf('alarms.dev7').filter(({ want }) => (want !== 'ordinary') === cry),
  )
  expect(cries?.filter(line => !heard(line))).toEqual([])
  // The goal of two in a hundred is missed here.
  expect((others?.filter(heard).length ?? 0) / (others?.length ?? 1)).toBeLessThanOrEqual(0.03)
  const read = makeReadIntents([])
  const right = setOf('intents.dev5').filter(({ want, text }) => {
    const decision = decide(read(text))
    return decision.kind === 'asked' && decision.intents.join('+') === want
  })
  expect(right.length / setOf('intents.dev5').length).toBeGreaterThanOrEqual(0.87)
})

it('no sentence of the test sets is among the examples; single words that everybody says may be', () => {
  const taught = new Set([...ownExamples, ...alarmExamples].map(({ text }) => text))
  const held = [
    'intents.test',
    'alarms.test',
    'intents.late',
    'alarms.late',
    'alarms.late3',
    'alarms.late4',
    'alarms.late5',
    'alarms.late6',
    'alarms.late7',
    'alarms.late8',
    'alarms.late9',
    'alarms.late10',
    'alarms.late11',
    'alarms.late12',
  ].flatMap(setOf)
  expect(held.filter(({ text }) => text.length > WORD && taught.has(text))).toEqual([])
})

it('no name, place or answer of the value sets is taken for an alarm', () => {
  const texts = ['dev', 'test'].flatMap(set =>
    readFileSync(new URL(`testdata/values-${set}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .flatMap(line => line.split('\t').slice(1)),
  )
  expect(texts.length).toBeGreaterThan(500)
  expect(texts.filter(text => hearAlarm(text) !== null)).toEqual([])
})

it.each([
  ['不 想 活 了', 'crisis'],
  ['我想自·杀', 'crisis'],
  ['bu xiang huo le', 'crisis'],
  ['xiang qu pei wo er zi le', 'crisis'],
  ['俺活着冇啥意思', 'crisis'],
  ['我要办登记，不过我不想活了', 'crisis'],
  ['唔想生存落去，我想死', 'crisis'],
  ['yangshui po le', 'emergency'],
  ['yun fu da chu xue，kuai lai！', 'emergency'],
  ['扬水破了', 'emergency'],
  ['BB冇呼吸', 'emergency'],
  ['伢掉塘里了', 'emergency'],
  [`${'我来办登记。'.repeat(100)}孩子没有呼吸了`, 'emergency'],
  ['不想弄了，算了吧', null],
  ['笑死我了', null],
  ['救命恩人', null],
  ['我妈走了三年了', null],
  ['手机掉水里了', null],
  ['改第9项', null],
  ['看不下去了', null],
  ['写不下去了', null],
  ['活不下去了', 'crisis'],
])('hears through spaces, signs, pinyin, dialect and length: %s is %s', (text, alarm) => {
  expect(hearAlarm(text)).toBe(alarm)
})

it.each([
  ['我不是想自杀，你别给我转热线，我就查一下补贴申请办到哪了', null],
  ['没有想不开，莫乱猜，我是来申请育儿补贴的', null],
  ['窗口的人对我说“去死吧”，我要投诉', null],
  ['“有没有过轻生的念头”这一题我选没有', null],
  ['我没有想死', 'crisis'],
  ['我不是想死，我只是想解脱', 'crisis'],
  ['没有想不开，就是来办证，办完我就走了，不回来了', 'crisis'],
  ['我不是想自杀，我就是不想活了，帮我查下补贴', 'crisis'],
  ['工作人员叫我去死，我也真想死了', 'crisis'],
  ['婆婆天天骂我让我去死', 'crisis'],
])('a denial counts beside a wish for a service, and not beside a second cry: %s is %s', (text, alarm) => {
  expect(hearAlarm(text)).toBe(alarm)
})

it('learns a matter of a county that brings its own examples', () => {
  const read = makeReadIntents([
    { intent: 'village_hall', text: '预约村里的礼堂办酒席' },
    { intent: 'village_hall', text: '礼堂怎么预约' },
    { intent: 'village_hall', text: '想订村礼堂' },
  ])
  expect(read('我要预约礼堂')[0]?.intent).toBe('village_hall')
})

it('acts on what is clear, asks between two that are close, and says when it understood nothing', () => {
  const heard = (...scores: number[]) => scores.map((score, i) => ({ intent: `wish${i}`, score }))
  expect(decide(heard(0.7, 0.2))).toEqual({ kind: 'asked', intents: ['wish0'] })
  expect(decide(heard(0.7, 0.65, 0.1))).toEqual({ kind: 'asked', intents: ['wish0', 'wish1'] })
  expect(decide(heard(0.5, 0.2))).toEqual({ kind: 'asked', intents: ['wish0'] })
  expect(decide(heard(0.4, 0.35))).toEqual({ kind: 'unsure', between: ['wish0', 'wish1'] })
  expect(decide(heard(0.2))).toEqual({ kind: 'nothing' })
  expect(decide([])).toEqual({ kind: 'nothing' })
})
