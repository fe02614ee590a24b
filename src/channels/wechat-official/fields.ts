import { isAscii } from 'node:buffer'

/** A payload after reading, the same for XML and JSON: every leaf a string, a repeated element a list. */
export type Value = string | Fields | Value[]

/** Without prototype: a field called `__proto__` is a field like any other. */
export interface Fields {
  [name: string]: Value
}

export function emptyFields(): Fields {
  return Object.create(null) as Fields
}

/** The field when it is there exactly once and is text. */
export function textOf(fields: Fields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' ? value : null
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Null when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  try {
    return strictUtf8.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Characters that XML 1.0 has no place for, and halves of a pair; PostgreSQL refuses some of them as well. */
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]/gu

/** The text without characters that no XML document and no database column may hold. */
export function printable(text: string): string {
  return text.replace(unprintable, '')
}
