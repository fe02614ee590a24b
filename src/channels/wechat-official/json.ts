import { emptyFields, type Fields, type Value } from './fields.ts'

const MAX_DEPTH = 16
const MAX_NODES = 2000

/** Numbers of 16 digits and more do not survive JSON.parse: 22548952177860547 would end in 548. */
const SAFE_DIGITS = 15

/**
 * Reads a JSON object into fields: numbers and booleans as text, null as empty text. Depth and size are checked
 * before parsing, so that a hostile nesting never reaches a recursive reader. Null when refused.
 */
export function readJson(text: string): Fields | null {
  const prepared = quoteLongNumbers(text)
  if (prepared === null) return null
  try {
    const value = toValue(JSON.parse(prepared))
    return typeof value === 'string' || Array.isArray(value) ? null : value
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The text with long integers turned into strings; null when it is nested too deep or has too many parts. */
function quoteLongNumbers(text: string): string | null {
  let out = ''
  let copied = 0
  let depth = 0
  let nodes = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) at = endOfString(text, at)
    else if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) depth--
    else if (code === 0x2c) nodes++
    else if (isDigit(code)) {
      const end = endOfNumber(text, at)
      if (end - at > SAFE_DIGITS && !isFraction(text, at, end)) {
        out += `${text.slice(copied, at)}"${text.slice(at, end)}"`
        copied = end
      }
      at = end - 1
    }
    if (depth > MAX_DEPTH || nodes > MAX_NODES) return null
  }
  return copied === 0 ? text : out + text.slice(copied)
}

function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at++
    else if (code === 0x22) return at
  }
  return text.length
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function endOfNumber(text: string, from: number): number {
  let at = from
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

/** Part of a negative, fractional or exponent number: not an id, left to JSON.parse. */
function isFraction(text: string, from: number, end: number): boolean {
  return '-.+eE'.includes(text.charAt(from - 1) || ' ') || '.eE'.includes(text.charAt(end) || ' ')
}

function toValue(json: unknown): Value {
  if (typeof json === 'string') return json
  if (Array.isArray(json)) return json.map(toValue)
  if (typeof json === 'number' || typeof json === 'boolean') return String(json)
  if (typeof json !== 'object' || json === null) return ''
  const fields = emptyFields()
  for (const [name, value] of Object.entries(json)) fields[name] = toValue(value)
  return fields
}
