import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { hearAlarm } from '../../src/conversation/understanding/alarms.ts'
import { makeReadIntents } from '../../src/conversation/understanding/intents.ts'
import { buildRegionIndex } from '../../src/domain/region.ts'
import { loadCalendars, loadRegionData } from '../../src/runtime/loadRegions.ts'
import { understandLine, type Ear } from '../../src/runtime/understandLine.ts'
import { machine } from '../machine.ts'
import { root } from '../places.ts'
import { median, percentile, spread } from '../statistics.ts'

interface Expression {
  kind: string
  today: string
  text: string
  value: string
}

interface Row {
  set: string
  kind: string
  lines: number
  right: number
  /** Of each pass over the lines. */
  microseconds: number[]
  /** Slowest line of the last pass. */
  slowest: number
}

const testdata = path.join(root, 'src', 'conversation', 'understanding', 'testdata')

/** Everything that stands there, so that no set is forgotten: what one learned on first, what came last at the end. */
const ORDER = ['train', 'dev', 'test', 'unseen', 'late']
const sets = [...new Set(readdirSync(testdata).flatMap(file => setOf(file) ?? []))].toSorted(
  (one, other) => rankOf(one) - rankOf(other) || one.localeCompare(other),
)

/** `values-dev2.tsv` → `dev2`. */
function setOf(file: string): string | null {
  return /^(?:values|intents|alarms)[-.](\w+)\.tsv$/u.exec(file)?.[1] ?? null
}

function rankOf(set: string): number {
  return ORDER.indexOf(set.replace(/\d+$/u, ''))
}

/** The first pass warms up and builds what is built on first use; it does not count. */
const PASSES = 11
/** Intents say nothing about days. */
const ANY_DAY = '2026-11-22'

/** Exact values and microseconds a line, by set and kind. Always true: the tests hold the targets. */
export function benchUnderstand({ json, misses }: { json: string | null; misses: boolean }): Promise<boolean> {
  const before = machine()
  const regions = path.join(root, 'regions')
  const data = {
    regions: buildRegionIndex(loadRegionData(regions)),
    calendars: loadCalendars(regions),
    readIntents: makeReadIntents([]),
  }
  const rows = sets.flatMap(set => {
    const all = expressionsOf(set)
    const kinds = [...new Set(all.map(({ kind }) => kind))].toSorted()
    return kinds.map(kind =>
      measure(
        set,
        kind,
        all.filter(expression => expression.kind === kind),
        data,
      ),
    )
  })
  const at = new Date().toISOString()
  process.stdout.write(`${table(rows)}\n${at} · ${before.cpu}, ${before.cores} cores · Node ${before.node}\n`)
  if (misses) process.stdout.write(missed(data))
  if (json) writeFileSync(json, `${JSON.stringify({ at, machine: before, rows }, null, 2)}\n`)
  return Promise.resolve(true)
}

/** Every line of a set, of whatever kind. */
function expressionsOf(set: string): Expression[] {
  return [...values(set), ...labelled('intents', 'intent', set), ...labelled('alarms', 'alarm', set)]
}

/** Lines of a file of this set, whichever way its name is joined; none when the set has no such file. */
function lines(of: string, set: string): string[][] {
  const file = ['-', '.'].map(joint => path.join(testdata, `${of}${joint}${set}.tsv`)).find(name => existsSync(name))
  if (!file) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'))
}

function values(set: string): Expression[] {
  return lines('values', set).map(([kind = '', today = '', text = '', value = '']) => ({ kind, today, text, value }))
}

function labelled(of: string, kind: string, set: string): Expression[] {
  return lines(of, set).map(([value = '', text = '']) => ({ kind, today: ANY_DAY, text, value }))
}

type Data = Omit<Ear, 'today'>

function heard({ kind, text, today }: Expression, data: Data): string {
  if (kind === 'alarm') return hearAlarm(text) ?? 'ordinary'
  return understandLine(kind, text, { ...data, today })
}

function measure(set: string, kind: string, expressions: Expression[], data: Data): Row {
  const right = expressions.filter(expression => heard(expression, data) === expression.value).length
  const microseconds: number[] = []
  let slowest = 0
  for (let pass = 0; pass < PASSES; pass++) {
    const each = expressions.map(expression => {
      const start = performance.now()
      heard(expression, data)
      return (performance.now() - start) * 1000
    })
    microseconds.push(each.reduce((sum, one) => sum + one, 0) / each.length)
    slowest = percentile(
      each.toSorted((a, b) => a - b),
      1,
    )
  }
  return { set, kind, lines: expressions.length, right, microseconds: microseconds.slice(1), slowest }
}

function table(rows: Row[]): string {
  const head = ['set', 'kind', 'lines', 'exact', '%', 'µs/line', 'spread', 'slowest µs']
  const cells = [
    ...rows.map(cellsOf),
    ...sets.map(set =>
      total(
        set,
        rows.filter(row => row.set === set),
      ),
    ),
  ]
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map(row => row[i]?.length ?? 0)))
  return [head, ...cells]
    .map(row => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '))
    .join('\n')
}

function cellsOf({ set, kind, lines: count, right, microseconds, slowest }: Row): string[] {
  return [
    set,
    kind,
    String(count),
    String(right),
    ((100 * right) / count).toFixed(1),
    median(microseconds).toFixed(1),
    spread(microseconds).toFixed(2),
    slowest.toFixed(0),
  ]
}

function total(set: string, rows: Row[]): string[] {
  const values = rows.filter(({ kind }) => kind !== 'intent' && kind !== 'alarm')
  if (values.length === 0) return [set, 'no values', '', '', '', '', '', '']
  const count = values.reduce((sum, row) => sum + row.lines, 0)
  const right = values.reduce((sum, row) => sum + row.right, 0)
  return [set, 'all values', String(count), String(right), ((100 * right) / count).toFixed(1), '', '', '']
}

function missed(data: Data): string {
  const wrong = sets.flatMap(set =>
    expressionsOf(set)
      .filter(expression => heard(expression, data) !== expression.value)
      .map(
        expression =>
          `${set}\t${expression.kind}\t${expression.text}\t${expression.value}\t${heard(expression, data)}\n`,
      ),
  )
  return wrong.join('')
}
