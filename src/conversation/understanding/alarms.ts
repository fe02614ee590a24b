import { normalise } from './normalise.ts'

/** Words of somebody who may hurt himself. Missing one is worse than asking once too often. */
const CRISIS =
  /不想活|活着.{0,3}(?:没|冇|莫).{0,2}(?:意思|意义|劲|盼头)|活不下去|没(?:有)?活路|想死(?!你|她|他|我|宝|这)|去死了算|死了算了|不如死|自杀|自尽|轻生|寻短见|跳(?:楼|河|江|塘)|喝(?:农药|百草枯|敌敌畏)|割腕|上吊|结束(?:自己的)?生命|了断|不想在这个世上|活够了|死了一了百了|kill myself|want to die|suicide/u
/** Present danger for mother or child: 120 first. */
const EMERGENCY =
  /要生了|快生了|大出血|流(?:了)?(?:很多|好多|一地|蛮多)血|(?:流|出)血不止|血止不住|羊水(?:破|流)|破水了|抽搐|昏迷|昏过去|晕倒|晕过去|没(?:有)?胎动|胎动(?:没了|消失)|没(?:有)?呼吸|没气了|喘不上气|疼得受不了|肚子(?:痛|疼)得(?:厉害|不行)|脐带.{0,3}(?:出来|掉)|救命|叫救护车|她?在发作|bleeding heavily|water broke/u
/** 快生了 of later weeks, films, drills, questions about rules and figures of speech. */
const NOT_NOW = /下个?月|明年|年底|预产期|个月后|过几|月份|电视|演习|之前|笑死|累死|气死|烦死|热死|冷死|饿死|吓死/u
/** The unborn words alone; bleeding and breath stay an emergency whatever stands beside. */
const ONLY_LABOUR = /^(?:(?!出血|流血|血止|羊水|破水|昏|晕|抽搐|呼吸|胎动|救命).)*$/u

/** Crisis and emergency win over every other meaning. Null on ordinary messages. */
export function hearAlarm(text: string): 'crisis' | 'emergency' | null {
  const plain = normalise(text).replace(/\s/gu, '')
  if (CRISIS.test(plain) || CRISIS.test(normalise(text))) return 'crisis'
  if (!EMERGENCY.test(plain) && !EMERGENCY.test(normalise(text))) return null
  return NOT_NOW.test(plain) && ONLY_LABOUR.test(plain) ? null : 'emergency'
}
