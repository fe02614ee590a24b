import type { RefusalReason } from './types.ts'

/** What an expression may mean, before the question has its say. Null stands for: nothing of the kind was said. */
export type Reading<T> =
  | { kind: 'one'; value: T }
  /** Readings that compete; the person is asked which. In rising order. */
  | { kind: 'several'; values: T[] }
  /** Too vague to count; `about` is as near as it goes. */
  | { kind: 'vague'; about: string }
  | { kind: 'invalid'; reason: RefusalReason }

export function one<T>(value: T): Reading<T> {
  return { kind: 'one', value }
}

export function vague<T>(about: string | number): Reading<T> {
  return { kind: 'vague', about: String(about) }
}

/** Both readings compete, in rising order; null when one of them says too little. */
export function eitherOf<T>(first: Reading<T>, second: Reading<T>): Reading<T> | null {
  const [some, others] = [valuesOf(first), valuesOf(second)]
  if (some.length === 0 || others.length === 0) return null
  const values = new Map([...some, ...others].map(value => [JSON.stringify(value), value]))
  const rising = [...values].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  return oneOf(rising.map(([, value]) => value))
}

function valuesOf<T>(reading: Reading<T>): T[] {
  if (reading.kind === 'one') return [reading.value]
  return reading.kind === 'several' ? reading.values : []
}

/** One reading when all agree, otherwise all of them. */
export function oneOf<T>(values: readonly T[]): Reading<T> | null {
  const [only, ...others] = new Set(values)
  if (only === undefined) return null
  return others.length === 0 ? one(only) : { kind: 'several', values: [only, ...others] }
}
