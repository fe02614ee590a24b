import { z } from 'zod'
import { problem, type Answer } from './answer.ts'
import type { Incoming } from './incoming.ts'

/** Longest JSON body. A review of a whole birth registration has under 4 KiB. */
export const BODY_LIMIT = 256 * 1024
/** Deeper JSON overflows recursive readers; our deepest body has three levels. */
const DEPTH_LIMIT = 32
const KEY_LIMIT = 1000

export type Decoded<T> = { ok: true; value: T } | { ok: false; answer: Answer }

const bad = (
  name: 'badInput' | 'badJson' | 'tooLarge' | 'wrongMediaType',
  fields?: string[],
): { ok: false; answer: Answer } => ({
  ok: false,
  answer: problem(name, fields && fields.length > 0 ? { fields } : {}),
})

/** How a route takes its body. `schema` is null where it is none of JSON. */
export interface BodyReader<T> {
  schema: z.ZodType | null
  read(incoming: Incoming): Promise<Decoded<T>>
}

/** `limit`: bytes, where a route takes more than a form. */
export const jsonBody = <T>(schema: z.ZodType<T>, limit = BODY_LIMIT): BodyReader<T> => ({
  schema,
  read: incoming => decodeBody(incoming, schema, limit),
})

/** For GET: nothing is read. */
export const noBody: BodyReader<null> = { schema: null, read: async () => ({ ok: true, value: null }) }

/** Bytes, for callbacks and files. */
export const rawBody = (limit: number): BodyReader<Uint8Array> => ({
  schema: null,
  read: async incoming => {
    const bytes = await incoming.body(limit)
    return bytes === 'tooLarge' ? bad('tooLarge') : { ok: true, value: bytes }
  },
})

/** An empty body counts as `{}`, so that calls without arguments need no content type. */
async function decodeBody<T>(incoming: Incoming, schema: z.ZodType<T>, limit: number): Promise<Decoded<T>> {
  const bytes = await incoming.body(limit)
  if (bytes === 'tooLarge') return bad('tooLarge')
  if (bytes.length === 0) return checked(schema, {})
  if (!/^application\/json\s*(;|$)/i.test(incoming.header('content-type'))) return bad('wrongMediaType')
  const read = readJson(bytes)
  return read.ok ? checked(schema, read.value) : bad('badJson')
}

/** How a route takes its query string. */
export interface QueryReader<T> {
  schema: z.ZodType | null
  read(search: string): Decoded<T>
}

export const queryOf = <T>(schema: z.ZodType<T>): QueryReader<T> => ({
  schema,
  read: search => decodeQuery(search, schema),
})

/** Nothing may be asked. */
export const noQuery = queryOf(z.strictObject({}))

/** A platform's handler reads the query itself; reading it here as well would cost the hot path twice. */
export const rawQuery: QueryReader<null> = { schema: null, read: () => ({ ok: true, value: null }) }

// A repeated name becomes a list, which no schema of ours takes.
function decodeQuery<T>(search: string, schema: z.ZodType<T>): Decoded<T> {
  const values = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of new URLSearchParams(search)) {
    const known = values[name]
    values[name] = known === undefined ? value : [known, value].flat()
  }
  return checked(schema, { ...values })
}

function checked<T>(schema: z.ZodType<T>, value: unknown): Decoded<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, value: result.data }
  // Names of fields only: what was typed may be personal.
  return bad('badInput', [...new Set(result.error.issues.flatMap(pathsOf))])
}

/** A name that we do not know is the caller's word: it is said back only where it looks like the name of a field. */
function pathsOf(issue: z.core.$ZodIssue): string[] {
  const names = issue.code === 'unrecognized_keys' ? issue.keys.filter(key => /^[a-zA-Z]{1,40}$/.test(key)) : []
  const paths = names.length > 0 ? names.map(name => [...issue.path, name]) : [issue.path]
  return paths.map(path => path.join('.')).filter(path => path !== '')
}

function readJson(bytes: Uint8Array): { ok: true; value: unknown } | { ok: false } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return withinLimits(text) ? { ok: true, value: JSON.parse(text) } : { ok: false }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return { ok: false }
    throw error
  }
}

// Counted before parsing: JSON.parse itself takes any depth, and what comes after it does not.
function withinLimits(text: string): boolean {
  let depth = 0
  let keys = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') depth--
    else if (sign === ':') keys++
    if (depth > DEPTH_LIMIT || keys > KEY_LIMIT) return false
  }
  return true
}

/** Control characters but tab, line feed and carriage return. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** PostgreSQL stores half a character altered, and silently. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** Typed text: well-formed, without NUL and controls, in NFC. Never NFKC: that changes names. */
export function zText(max: number, min = 0) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine(text => !LONE_SURROGATE.test(text) && !CONTROLS.test(text), 'text')
    .transform(text => text.normalize('NFC'))
}

/** Part of an address. Nothing of ours is long or holds controls, and a database chokes on NUL. */
export function isAddressPart(part: string): boolean {
  return part.length <= 200 && !LONE_SURROGATE.test(part) && !CONTROLS.test(part)
}

/** Opaque ids and keys of ours and of our clients. */
export const zKey = z.string().regex(/^[\w:.\-~]{1,200}$/)

/** Code of a county, a town or a village. */
export const zPlace = z.string().regex(/^\d{6}(\d{3}(\d{3})?)?$/)

/** Code of a village or community. */
export const zVillage = z.string().regex(/^\d{12}$/)

/** Page size of a list. */
export const zLimit = z
  .string()
  .regex(/^([1-9]\d?|100)$/)
  .transform(Number)
  .optional()

/** For writes without arguments. */
export const emptyBody = jsonBody(z.strictObject({}))
