import { maskIdentityNumber } from '../../domain/mask.ts'
import { readPersonName } from '../../domain/personName.ts'
import { readPhones } from '../../domain/phone.ts'
import type { RegionIndex } from '../../domain/region.ts'
import type { InputType } from '../types.ts'
import { matchOptions, matchSeveral } from './choices.ts'
import { eitherDay } from './dateReading.ts'
import { birthByAge } from './birthByAge.ts'
import { readDate } from './dates.ts'
import { withoutFillers } from './fillers.ts'
import { hearIdentityNumber, hearPhone, hearValue } from './heardValue.ts'
import { bare, isNormal } from './normalise.ts'
import { readAmount, withoutAbout } from './numbers.ts'
import { eitherOf, type Reading } from './reading.ts'
import { readRegionAnswer } from './regionAnswer.ts'
import { showHeardDay } from './showDay.ts'
import type { ReadValue, RefusalReason, Understood, UnderstandContext } from './types.ts'
import { readYear } from './years.ts'
import { readYesNo } from './yesNo.ts'

type Reader = (text: string, context: UnderstandContext) => Understood

/** Answers around which people put words without meaning; in the others every word may count. */
const FILLED: ReadonlySet<InputType> = new Set(['idNumber', 'date', 'phone', 'region', 'number'])
/** Nothing in it has two spellings, is out of sight, or may be cut off at the ends. */
const CLEAR = /^[!-~\u4e00-\u9fff]+$/
const NONE: Understood = { status: 'none' }
/** Beyond this no answer to a question is meant, except free text. Keeps every pattern quick on pasted pages. */
const LONGEST_ANSWER = 300
/** Free text: what a message of the strictest channel can carry. */
const LONGEST_TEXT = 2000

/** The reader of all input types. `regions` is the only data it needs; it holds no state. */
export function makeReadValue({ regions }: { regions: RegionIndex }): ReadValue {
  const readers: Record<InputType, Reader> = {
    text: readText,
    name: readName,
    idNumber: readId,
    date: readDay,
    phone: readPhoneAnswer,
    region: (text, context) => readRegionAnswer(regions, text, context),
    choice: readChoice,
    multiChoice: readMultiChoice,
    yesNo: readDecision,
    number: readCount,
    // Photos and signatures come as media; text is never one.
    photo: () => NONE,
    signature: () => NONE,
    confirm: readDecision,
  }
  return (type, text, context) => {
    if (text.trim() === '') return { status: 'invalid', reason: 'empty' }
    if (type !== 'text' && text.length > LONGEST_ANSWER) return NONE
    return readers[type](FILLED.has(type) ? withoutFillers(text) : text, context)
  }
}

function ok(value: string | number | boolean | string[], shown: string, confirm = false): Understood {
  return { status: 'ok', value, confirm, shown }
}

function refused(reason: RefusalReason, detail?: string): Understood {
  return detail === undefined ? { status: 'invalid', reason } : { status: 'invalid', reason, detail }
}

function readText(text: string): Understood {
  // Nothing in it that could be refused or written otherwise; most names of people and places are of this kind.
  if (text.length <= LONGEST_TEXT && (isNormal(text) || CLEAR.test(text))) return ok(text, text)
  const value = text.trim().normalize('NFC')
  if (value.length > LONGEST_TEXT) return refused('length')
  if (/[\p{Cs}\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(value.replace(/[\n\t]/g, ''))) return refused('character')
  return ok(value, value)
}

/** 我叫张三 names 张三; 我不知道 names nobody. */
const NAME_LEAD =
  /^(?:(?:我|她|他|孩子|宝宝|小孩|娃|妈妈|爸爸)(?:的)?(?:名字|姓名)?(?:是|叫做|叫|为)|(?:姓名|名字|名)(?:是|叫|为|[:：])?|叫做|叫)\s*/u
const NO_NAME = /^(?:[我你您不没哪怎]|还没|为什么|什么|随便|保密|帮助|取消|暂无|无名|未定|没有)/u

function readName(text: string): Understood {
  const said = text
    .trim()
    .replace(/[。.!！,，]$/u, '')
    .replace(NAME_LEAD, '')
  if (NO_NAME.test(said) || /[?？吗]$/u.test(said)) return refused('not-a-name')
  const name = readPersonName(said)
  return name.ok ? ok(name.name, name.name, name.flags.length > 0) : refused(name.reason)
}

function readId(text: string, { today }: UnderstandContext): Understood {
  const { reading: id, guessed } = hearIdentityNumber(text, today)
  if (!id.ok) return /\d|[一二三四五六七八九零幺]{4}/u.test(text) ? refused(id.reason) : NONE
  return ok(id.id, maskIdentityNumber(id.id), guessed)
}

function readPhoneAnswer(text: string): Understood {
  const { reading: phone, guessed, words } = hearPhone(text)
  const several = readPhones(words).filter(({ kind }) => kind === 'mobile' || kind === 'landline')
  if (several.length > 1)
    return { status: 'ambiguous', options: several.map(({ number }) => ({ value: number, label: number })) }
  if (!phone.ok) return /\d|[一二三四五六七八九零幺]{4}/u.test(text) ? refused(phone.reason) : NONE
  // Nobody can be called back on 110 or on a hotline.
  return phone.kind === 'mobile' || phone.kind === 'landline'
    ? ok(phone.number, phone.number, guessed)
    : refused('not-a-phone')
}

function readDay(text: string, context: UnderstandContext): Understood {
  const { reading, guessed, words } = hearValue(
    'date',
    text,
    said => birthByAge(said, context) ?? readDate(said, context),
    eitherDay,
  )
  const shown = (date: string, spoken: string | null) => showHeardDay(context.language ?? 'zh-CN', date, spoken)
  switch (reading?.kind) {
    case undefined:
      return NONE
    case 'invalid':
      return refused(reading.reason)
    case 'vague':
      return { status: 'approx', detail: reading.period }
    case 'several':
      return {
        status: 'ambiguous',
        options: reading.days.map(({ date, spoken }) => ({ value: date, label: shown(date, spoken) })),
      }
    case 'day':
      return (
        withinLimits(reading.date, context) ??
        ok(
          reading.date,
          shown(reading.date, reading.spoken ?? (guessed ? words : null)),
          guessed || reading.spoken !== null,
        )
      )
  }
}

function withinLimits(date: string, { min, max }: UnderstandContext): Understood | null {
  if (typeof min === 'string' && date < min) return refused('too-early', min)
  if (typeof max === 'string' && date > max) return refused('too-late', max)
  return null
}

function readChoice(text: string, { options = [] }: UnderstandContext): Understood {
  const [only, ...others] = matchOptions(text, options)
  if (!only) return /^\d{1,3}$/.test(bare(text)) ? refused('not-an-option') : NONE
  if (others.length === 0) return ok(only.value, only.label)
  return { status: 'ambiguous', options: [only, ...others].map(({ value, label }) => ({ value, label })) }
}

function readMultiChoice(text: string, { options = [] }: UnderstandContext): Understood {
  const chosen = matchSeveral(text, options)
  if (!chosen) return NONE
  return ok(
    chosen.map(({ value }) => value),
    chosen.map(({ label }) => label).join('、'),
  )
}

/** Options of a yes/no question, when there are any, carry its own words for both. */
function readDecision(text: string, { options = [], language = 'zh-CN' }: UnderstandContext): Understood {
  const [only, ...others] = matchOptions(text, options)
  if (only && others.length === 0 && /^(?:true|yes|false|no)$/.test(only.value))
    return ok(/^(?:true|yes)$/.test(only.value), only.label)
  const yes = readYesNo(text)
  return yes === null ? NONE : ok(yes, language === 'zh-CN' ? (yes ? '是' : '不是') : yes ? 'yes' : 'no')
}

/** Questions whose smallest answer is a year ask for one: 去年, 九八年. */
const FIRST_YEAR = 1900

function readYearAnswer(text: string, { today, min, max }: UnderstandContext): Understood {
  const { reading: year, guessed } = hearValue('year', text, said => readYear(said, { today, sense: 'past' }), eitherOf)
  switch (year?.kind) {
    case undefined:
      return /\d/.test(text) ? refused('not-a-number') : NONE
    case 'invalid':
      return refused(year.reason)
    case 'vague':
      return { status: 'approx', detail: year.about }
    case 'several':
      return { status: 'ambiguous', options: year.values.map(value => ({ value, label: String(value) })) }
    case 'one':
      if (typeof min === 'number' && year.value < min) return refused('out-of-range', String(min))
      if (typeof max === 'number' && year.value > max) return refused('out-of-range', String(max))
      return ok(year.value, String(year.value), guessed || !text.includes(String(year.value)))
  }
}

function readCount(text: string, context: UnderstandContext): Understood {
  const { min, max } = context
  if (typeof min === 'number' && min >= FIRST_YEAR) return readYearAnswer(text, context)
  if (/第/u.test(text)) return unclearCount(text, null)
  // 大概五十个 is as good as a count gets; it is shown before it counts.
  const said = withoutAbout(text)
  const { reading, guessed } = hearValue('number', said, readAmount, eitherOf)
  if (reading?.kind !== 'one') return unclearCount(text, reading)
  const number = reading.value
  // Nobody has half a child: what is counted here are people and things.
  if (!Number.isInteger(number)) return refused('not-a-number')
  if (typeof min === 'number' && number < min) return refused('out-of-range', String(min))
  if (typeof max === 'number' && number > max) return refused('out-of-range', String(max))
  return ok(number, String(number), guessed || said !== text)
}

/** 三四个 is asked back, 十几个 asked on; a place in a row (第三) is no count. */
function unclearCount(text: string, amount: Reading<number> | null): Understood {
  if (amount?.kind === 'several')
    return { status: 'ambiguous', options: amount.values.map(value => ({ value, label: String(value) })) }
  if (amount?.kind === 'vague') return { status: 'approx', detail: amount.about }
  return /\d/.test(text) ? refused('not-a-number') : NONE
}
