import { stepText } from './stepText.ts'
import type { CompiledStep, Turn, Walk } from './machine.ts'
import type { LocalDate } from '../domain/world.ts'
import { maskIdentityNumber, maskPhone } from '../domain/mask.ts'
import { materialsFor, packFacts, packFactNames, packValueName } from './packFacts.ts'
import { offered, packTexts } from './packLists.ts'
import { plainValue } from './plainText.ts'
import type { TextValues } from './texts.ts'
import type { Json, Language } from './types.ts'
import { showBothCalendars } from './understanding/showDay.ts'
import { regionOf, text } from './walk.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const WEEKDAYS: Record<Language, string[]> = {
  'zh-CN': ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

/** 2027年1月15日（星期五）, without the process's time zone having a say. */
export function showDate(language: Language, day: LocalDate): string {
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
  return language === 'zh-CN' ? `${showDay(language, day)}（星期${weekday}）` : `${day} (${weekday})`
}

/** 1990年1月1日, where the day of the week says nothing. */
export function showDay(language: Language, day: LocalDate): string {
  const [year, month, date] = day.split('-').map(Number)
  return language === 'zh-CN' ? `${year}年${month}月${date}日` : day
}

/** 1995年6月, for `YYYY-MM`. */
export function showMonth(language: Language, month: string): string {
  const [year, number] = month.split('-').map(Number)
  return language === 'zh-CN' ? `${year}年${number}月` : month
}

/** The answer of a step as its giver may read it: labels for choices, masks for numbers of people. */
export function showAnswer(walk: Walk, step: CompiledStep): string {
  const { session, turn } = walk
  const value = step.slot ? (session.slots[step.slot] ?? null) : null
  const { source } = step
  if (value === null) return text(turn, 'common.notGiven')
  if (source.kind === 'collect' && Array.isArray(value)) return showList(walk, step, value)
  if (source.kind !== 'ask') return showPlain(turn, value)
  if (source.options || source.optionsFrom) {
    const [, key] = offered(walk, source, part => stepText(walk.flow.name, step.id, part))
    const labels = [value].flat().map(one => text(turn, key(`options.${plainValue(one)}`)))
    return labels.join(text(turn, 'common.listSeparator'))
  }
  if (source.nameSlot) return showPlain(turn, session.slots[source.nameSlot] ?? value)
  if (source.type === 'idNumber') return maskIdentityNumber(plainValue(value))
  if (source.type === 'phone') return maskPhone(plainValue(value))
  if (source.type === 'date' && source.precision === 'month')
    return showMonth(turn.conversation.language, plainValue(value))
  if (source.type === 'date') return showBothCalendars(turn.conversation.language, plainValue(value))
  return showPlain(turn, value)
}

function showList(walk: Walk, step: CompiledStep, items: Json[]): string {
  const { turn, flow } = walk
  if (items.length === 0) return text(turn, 'common.nothing')
  return items
    .map(item => showItem(walk, part => stepText(flow.name, step.id, part), item))
    .join(text(turn, 'common.listSeparator'))
}

/** One item of a list; of several values those that are known, labels for choices. */
export function showItem({ turn }: Walk, key: (part: string) => string, item: Json): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return showPlain(turn, item)
  const shown = Object.entries(item).map(([field, value]) => {
    const label = key(`fields.${field}.options.${plainValue(value)}`)
    return turn.library.texts.has('zh-CN', label) ? text(turn, label) : showPlain(turn, value)
  })
  return shown.join(text(turn, 'common.fieldSeparator'))
}

function showPlain(turn: Turn, value: Json): string {
  if (typeof value === 'boolean') return text(turn, value ? 'common.yes' : 'common.no')
  if (Array.isArray(value)) return value.map(item => showPlain(turn, item)).join(text(turn, 'common.listSeparator'))
  const shown = plainValue(value)
  return DAY.test(shown) ? showDate(turn.conversation.language, shown) : shown
}

/** Values for texts: days in words, null kept null (so that a text can say 请向当地核实). */
function textValue(turn: Turn, value: Json): Json {
  return typeof value === 'string' && DAY.test(value) ? showDate(turn.conversation.language, value) : value
}

const NOTHING: Readonly<Record<string, Json>> = {}

/** What a flow's texts may name: raw slots, facts of the pack, `materials`, `flowTitle`. */
export function walkValues(walk: Walk, extra: Readonly<Record<string, Json>> = NOTHING): TextValues {
  const { turn, session, flow } = walk
  return name => {
    if (name in extra) return textValue(turn, extra[name] ?? null)
    if (name in session.slots) return textValue(turn, session.slots[name] ?? null)
    if (name === 'flowTitle') return text(turn, `${flow.name}.title`)
    if (name === 'materials') return materialNames(walk)
    const listed = packTexts[name]
    if (listed) return listed(walk)
    const fact = packFactNames.find(candidate => packValueName(candidate) === name)
    return fact ? packFacts(turn.library.packFor(regionOf(walk)))[fact] : null
  }
}

function materialNames(walk: Walk): string | null {
  const { turn, session } = walk
  const materials = materialsFor(turn.library.packFor(regionOf(walk)), session.slots)
  if (!materials || materials.length === 0) return null
  return materials.map(({ name }) => text(turn, name)).join(text(turn, 'common.listSeparator'))
}
