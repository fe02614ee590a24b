import { z } from 'zod'

/** JSON that we wrote ourselves and the database or the cipher kept unaltered: its shape is checked where it was made. */
export function parseOwn<T>(json: string | Buffer): T {
  return JSON.parse(String(json)) as T
}

/** Milliseconds of a moment as the parameter of a `timestamptz` column. */
export const moment = (at: number) => new Date(at).toISOString()

/** A list cursor: the sort key of the last row, opaque to callers. */
export function writeCursor(key: (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Parts of a cursor: a moment in milliseconds, and a day or the end of all days. */
export const cursorMoment = z.int().min(0).max(8.64e15)
export const cursorDay = z.union([z.iso.date(), z.literal('infinity')])

/** Null for a cursor that we did not write: the list then begins anew. */
export function readCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | null {
  if (!cursor) return null
  try {
    const read = key.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return read.success ? read.data : null
  } catch {
    return null // not JSON: somebody made it up
  }
}

/** A value of a closed list, read from a column that is checked by the database as well. */
export function oneOf<T extends string>(list: readonly T[], value: string): T {
  const found = list.find(item => item === value)
  if (found === undefined) throw new Error(`A stored value is not one of ${list.join(', ')}`)
  return found
}
