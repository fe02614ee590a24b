import { problem } from './answer.ts'
import type { Decoded } from './decode.ts'
import type { Incoming } from './incoming.ts'

/** The fencing number in If-Match, with or without quotes. 428 when it is missing. */
export function fenceOf(incoming: Incoming): Decoded<number> {
  const given = incoming.header('if-match')
  if (given === '') return { ok: false, answer: problem('fenceMissing') }
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given.trim())?.[1]
  return digits === undefined
    ? { ok: false, answer: problem('badInput', { fields: ['If-Match'] }) }
    : { ok: true, value: Number(digits) }
}
