import { COUNTY_CELL } from '../domain/survey/staffSurvey.ts'
import type { Cell, ExportTable, FigureExport } from './figureExport.ts'
import type { Words } from './figureJson.ts'
import { figureCells, heads, text, type Shown } from './surveyExport.ts'

/** What the county reads of a survey of its officers, as far as a workbook shows it. */
export interface StaffResults {
  title: string
  opensAt: string
  closesAt: string
  place: { code: string; name: string }
  report: Shown & { questions: (Shown & { text: string })[]; roles: StaffLine[]; towns: StaffLine[] }
}

interface StaffLine extends Shown {
  cell: string
  name: string
  asked: number
  answered: number | null
}

/** 干部知晓率 as a workbook: the same numbers as on the page, and what is hidden there is hidden here. */
export function staffSurveyExportOf(results: StaffResults, words: Words, made: string): FigureExport {
  const { report, place } = results
  const from = results.opensAt.slice(0, 10)
  return {
    title: `${results.title} ${words('surveys.staff.title')}`,
    period: words('figures.report.period', { region: place.name, from, to: results.closesAt.slice(0, 10) }),
    made: words('figures.report.made', { at: made }),
    fileName: `${place.code}-${from}`,
    tables: [
      wholeTable(report, words),
      questionTable(report, words),
      lineTable('roles', report.roles, words, ({ cell }) => words(`surveys.staff.role.${cell}`)),
      lineTable('towns', report.towns, words, ({ cell, name }) =>
        cell === COUNTY_CELL ? words('surveys.staff.county') : name,
      ),
    ].filter(({ rows }) => rows.length > 0),
  }
}

const figureHeads = (words: Words) => heads(words, 'share', 'yes', 'all', 'interval')

function wholeTable(report: StaffResults['report'], words: Words): ExportTable {
  return {
    title: words('surveys.staff.whole'),
    head: [...heads(words, 'what'), ...figureHeads(words)],
    widths: [40, 15, 12, 12, 21],
    rows: [[text(words('surveys.staff.title')), ...figureCells(report, words)]],
    foot: words('surveys.staff.hidden'),
  }
}

function questionTable({ questions }: StaffResults['report'], words: Words): ExportTable {
  return {
    title: words('surveys.staff.questions'),
    head: [...heads(words, 'question'), ...figureHeads(words)],
    widths: [40, 15, 12, 12, 21],
    rows: questions.map(question => [text(question.text), ...figureCells(question, words)]),
  }
}

function lineTable(
  what: 'roles' | 'towns',
  lines: readonly StaffLine[],
  words: Words,
  nameOf: (line: StaffLine) => string,
): ExportTable {
  return {
    title: words(`surveys.staff.${what}`),
    head: [words(`surveys.staff.column.${what}`), words('surveys.staff.column.asked'), ...figureHeads(words)],
    widths: [30, 12, 15, 12, 12, 19],
    rows: lines.map((line): Cell[] => [
      text(nameOf(line)),
      { number: line.asked, as: 'count' },
      ...figureCells(line, words),
    ]),
  }
}
