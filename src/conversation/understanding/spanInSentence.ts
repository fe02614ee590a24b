import type { LocalDate } from '../../domain/world.ts'
import type { DateContext } from './dateReading.ts'
import { readDate } from './dates.ts'
import { NUMERAL } from './numerals.ts'
import { one, type Reading } from './reading.ts'

/** Only spans with one of these are looked for in a sentence: all others a day or a month says as well. */
const SPAN_WORD =
  /半年|季|旬|近[半\d一二两三四五六七八九十]|半月|前.{1,2}个月|最近|过去(?!年)|未来|[之以]内|[天周月]内|放假|假期|长假|黄金周|q[1-4]/u
/** What such spans are written with. */
const SPAN_RUN = new RegExp(
  `(?:\\d|${NUMERAL}|[年月天日周个第季度半上中下旬本今去明前后全的内之以来里假期长放到现在近]|星期|礼拜|最近|过去|未来|接下来|元旦|春节|清明|五一|劳动|端午|中秋|国庆|节|黄金周|q)+`,
  'gu',
)
/** Characters that may stand at the ends of a run and belong to words around it. */
const MOST_EDGE = 4

const FIGURE = new RegExp(`\\d|${NUMERAL}`, 'u')

type ReadSpan<S> = (words: string) => Reading<S> | null

/** 2026年5月下旬办的那些件: the one span of a sentence that a month or a day does not say as exactly. */
export function spanInSentence<S>(words: string, read: ReadSpan<S>): Reading<S> | null {
  if (!SPAN_WORD.test(words)) return null
  const found = (words.replace(/\s/gu, '').match(SPAN_RUN) ?? [])
    .filter(run => run.length <= 20 && SPAN_WORD.test(run))
    .flatMap(run => longestRead(run, read) ?? [])
  const spans = new Set(found.map(reading => JSON.stringify(reading)))
  return spans.size === 1 ? (found[0] ?? null) : null
}

/** What is cut off at its ends holds no figure: 5月下旬 is not read from 15月下旬. */
function longestRead<S>(run: string, read: ReadSpan<S>): Reading<S> | null {
  for (let cut = 0; cut <= Math.min(2 * MOST_EDGE, run.length - 2); cut++)
    for (let lead = Math.max(0, cut - MOST_EDGE); lead <= Math.min(cut, MOST_EDGE); lead++) {
      const [before, after] = [run.slice(0, lead), run.slice(run.length - cut + lead)]
      if (FIGURE.test(before + after) || /[今去明前后]/u.test(before)) continue
      const reading = read(run.slice(lead, run.length - cut + lead))
      if (reading) return reading
    }
  return null
}

/** 10月8号住进去，10月15号出的院: the first day in one clause, the last in the next. */
export function spanInTwoClauses(
  text: string,
  context: DateContext,
): Reading<{ from: LocalDate; to: LocalDate }> | null {
  const [first = '', second = '', another] = text.split(/[,，。;；]+/u).filter(part => part.trim() !== '')
  if (second === '' || another !== undefined) return null
  const from = readDate(first, { ...context, sense: 'past' })
  if (from?.kind !== 'day') return null
  const to = readDate(second, { ...context, today: from.date, sense: 'dueDate' })
  return to?.kind === 'day' && to.date > from.date ? one({ from: from.date, to: to.date }) : null
}
