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

const cursorKey = z.array(z.union([z.string(), z.number()])).max(4)

/** Null for a cursor that we did not write: the list then begins anew. */
export function readCursor(cursor: string | undefined): (string | number)[] | null {
  if (!cursor) return null
  try {
    const key = cursorKey.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return key.success ? key.data : null
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
