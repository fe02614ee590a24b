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

/** One reading when all agree, otherwise all of them. */
export function oneOf<T>(values: readonly T[]): Reading<T> | null {
  const [only, ...others] = new Set(values)
  if (only === undefined) return null
  return others.length === 0 ? one(only) : { kind: 'several', values: [only, ...others] }
}
