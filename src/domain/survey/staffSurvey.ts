import { isSmall } from '../figures/hiding.ts'
import { shareOf, type Figure } from '../figures/measured.ts'
import type { OfficerRole } from '../officer.ts'
import type { SurveyAnswers, SurveyQuestion } from './answers.ts'
import { hiddenPlaces, type PlaceCell } from './hiding.ts'
import { mainOf } from './tally.ts'

/** 干部知晓率: officers are asked what they know. The auditor works on no case and is not asked. */
export const staffRoles = ['village', 'town', 'county'] as const satisfies readonly OfficerRole[]
export type StaffRole = (typeof staffRoles)[number]

/** An officer as he was when the survey began. */
export interface AskedOfficer {
  officerId: string
  role: StaffRole
  regionCode: string
}

/** Both tables, by role and by town, have these officers as one and the same cell. */
export const COUNTY_CELL = 'county'
const ALL = 'all'
const TOWN_DIGITS = 9

/** Tables in which an officer's answer is counted: the whole, his role, his town. Never role and town together. */
export const staffParts = ['all', 'role', 'town'] as const
export type StaffPart = (typeof staffParts)[number]

/** What is added to the counters. `question`: `asked`, `main`, or a slot. `option`: `hit` or `miss`. */
export interface StaffCount {
  part: StaffPart
  cell: string
  question: string
  option: string
  n: number
}

interface Cell {
  part: StaffPart
  cell: string
}

function cellsOf({ role, regionCode }: Pick<AskedOfficer, 'role' | 'regionCode'>): Cell[] {
  const town = role === 'county' ? COUNTY_CELL : regionCode.slice(0, TOWN_DIGITS)
  return [
    { part: 'all', cell: ALL },
    { part: 'role', cell: role },
    { part: 'town', cell: town },
  ]
}

/** How many are asked, in each table. Stands from the beginning: nobody joins later. */
export function askedCounts(asked: readonly AskedOfficer[]): StaffCount[] {
  const counts = new Map<string, StaffCount>()
  for (const officer of asked)
    for (const { part, cell } of cellsOf(officer)) {
      const n = (counts.get(`${part}|${cell}`)?.n ?? 0) + 1
      counts.set(`${part}|${cell}`, { part, cell, question: 'asked', option: '', n })
    }
  return [...counts.values()]
}

/**
 * What one finished answer adds: whether he knows, in each table; each question by itself for the whole alone. From here on the
 * answer lives on in these sums and nowhere else.
 */
export function answerCounts(
  officer: Pick<AskedOfficer, 'role' | 'regionCode'>,
  questions: readonly SurveyQuestion[],
  answers: SurveyAnswers,
): StaffCount[] {
  const main = mainOf('knowledge', questions, answers) === 'hit' ? 'hit' : 'miss'
  const one = (cell: Cell, question: string, option: string): StaffCount => ({ ...cell, question, option, n: 1 })
  return [
    ...cellsOf(officer).map(cell => one(cell, 'main', main)),
    ...examOf(questions).map(({ slot, correct }) =>
      one({ part: 'all', cell: ALL }, slot, answers[slot] === correct ? 'hit' : 'miss'),
    ),
  ]
}

const examOf = (questions: readonly SurveyQuestion[]) => questions.filter(({ correct }) => correct !== null)

/** One role or one town. `answered` null: not shown. */
export interface StaffRow {
  cell: string
  asked: number
  answered: number | null
  figure: Figure
}

export interface StaffReport {
  asked: number
  /** Null: one to four. */
  answered: number | null
  /** 知晓率 of those who answered. */
  main: Figure
  questions: { slot: string; figure: Figure }[]
  roles: StaffRow[]
  towns: StaffRow[]
}

/** How many are asked and have answered, which is all that is told while answers still come. */
export function staffProgress(counts: readonly StaffCount[]): { asked: number; answered: number } {
  const whole = cellFor(counts, 'all', ALL)
  return { asked: sum(counts, 'all', ALL, 'asked'), answered: whole.answers }
}

/**
 * What a survey of officers found; for after its end alone, as the figure before and after one more answer would tell that answer.
 * Cells under five are hidden, with others so that no subtraction gives them, in one table or between both.
 */
export function staffReport(counts: readonly StaffCount[], questions: readonly SurveyQuestion[]): StaffReport {
  const { asked, answered } = staffProgress(counts)
  const { hits } = cellFor(counts, 'all', ALL)
  const [roles, towns] = [rowsOf(counts, 'role'), rowsOf(counts, 'town')]
  const hidden = hiddenInBoth(roles, towns)
  const row = (part: StaffPart, of: ReadonlySet<string>) => (cell: PlaceCell) => {
    const shown = !of.has(cell.code) && !isSmall(answered)
    return {
      cell: cell.code,
      asked: sum(counts, part, cell.code, 'asked'),
      answered: cell.answers === 0 || shown ? cell.answers : null,
      figure: shown || cell.answers === 0 ? shareOf(cell.hits ?? 0, cell.answers, null) : shareOf(0, 1, null),
    }
  }
  return {
    ...{ asked, answered: isSmall(answered) ? null : answered, main: shareOf(hits ?? 0, answered, null) },
    questions: examOf(questions).map(({ slot }) => {
      const right = sum(counts, 'all', ALL, slot, 'hit')
      return { slot, figure: shareOf(right, right + sum(counts, 'all', ALL, slot, 'miss'), null) }
    }),
    ...{ roles: roles.map(row('role', hidden.roles)), towns: towns.map(row('town', hidden.towns)) },
  }
}

/** The officers of the county are a cell of both tables: hidden in one of them they are hidden in both. */
function hiddenInBoth(roles: readonly PlaceCell[], towns: readonly PlaceCell[]) {
  const apart = { roles: hiddenPlaces(roles), towns: hiddenPlaces(towns) }
  if (apart.roles.has(COUNTY_CELL) === apart.towns.has(COUNTY_CELL)) return apart
  const along = new Set([COUNTY_CELL])
  return { roles: hiddenPlaces(roles, along), towns: hiddenPlaces(towns, along) }
}

function rowsOf(counts: readonly StaffCount[], part: StaffPart): PlaceCell[] {
  const cells = new Set(counts.filter(one => one.part === part).map(({ cell }) => cell))
  return [...cells].toSorted().map(cell => cellFor(counts, part, cell))
}

function cellFor(counts: readonly StaffCount[], part: StaffPart, cell: string): PlaceCell {
  const hits = sum(counts, part, cell, 'main', 'hit')
  return { code: cell, answers: hits + sum(counts, part, cell, 'main', 'miss'), hits }
}

function sum(
  counts: readonly StaffCount[],
  part: StaffPart,
  cell: string,
  ...[question, option = '']: string[]
): number {
  const fits = (one: StaffCount) =>
    one.part === part && one.cell === cell && one.question === question && one.option === option
  return counts.filter(fits).reduce((total, { n }) => total + n, 0)
}
