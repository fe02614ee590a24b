/** Decoders at the door: what comes from outside is checked once here and trusted inside. */
export type Fields = Record<string, unknown>

export class BadShape extends Error {
  override readonly name = 'BadShape'
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function fields(value: unknown): Fields {
  if (!isFields(value)) throw new BadShape('not an object')
  return value
}

export function text(from: Fields, key: string): string {
  const value = from[key]
  if (typeof value !== 'string') throw new BadShape(`${key} is not text`)
  return value
}

export function textOrNull(from: Fields, key: string): string | null {
  const value = from[key]
  return typeof value === 'string' ? value : null
}

export function number(from: Fields, key: string): number {
  const value = from[key]
  if (typeof value !== 'number') throw new BadShape(`${key} is not a number`)
  return value
}

export const flag = (from: Fields, key: string): boolean => from[key] === true

export function list<T>(value: unknown, decode: (item: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new BadShape('not a list')
  return value.map(decode)
}

export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** One of a closed list, or the first of it: a newer service may send words this client does not know yet. */
export function oneOf<T extends string>(known: readonly [T, ...T[]], value: unknown): T {
  return known.find(word => word === value) ?? known[0]
}

export interface Page<T> {
  items: T[]
  next: string | null
}

export function page<T>(decode: (item: unknown) => T): (value: unknown) => Page<T> {
  return value => {
    const from = fields(value)
    return { items: list(from['items'], decode), next: textOrNull(from, 'next') }
  }
}
