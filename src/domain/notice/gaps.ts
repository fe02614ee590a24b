import type { RegionPack } from '../regionPack.ts'
import { matterFacts, type NoticeSubject } from './matterFacts.ts'
import type { NoticeGap } from './notice.ts'

/** One thing an officer finds missing or wrong: a paper of the list by its id, or anything else with what gives the right to ask. */
export interface GapRequest {
  material: string | null
  what: string | null
  wrong: string | null
  mend: string | null
  ground: string | null
}

/** Sentences for what the officer did not write. */
export interface GapWords {
  nameOf(key: string): string
  missing: string
  mend(what: string): string
}

/** More gaps than this is no notice: the form as a whole is wrong, and a talk helps more. */
export const MOST_GAPS = 20

export type GapRefusal = 'none' | 'tooMany' | 'twice' | 'unnamed' | 'noGround'

/** `field`: path of what is wrong or missing, as in the request (`gaps.0.ground`). */
export type ComposedGaps = { ok: true; gaps: NoticeGap[] } | { ok: false; reason: GapRefusal; field: string }

/**
 * The gaps of a notice, each with its ground. What is not on the list of the place may only be asked for with a ground of its own
 * (行政许可法 31: nothing unrelated). `named`: what every gap is about, as the resident reads it.
 */
export function composeGaps(
  pack: RegionPack,
  subject: NoticeSubject,
  requests: readonly GapRequest[],
  words: GapWords,
): ComposedGaps {
  if (requests.length === 0) return { ok: false, reason: 'none', field: 'gaps' }
  if (requests.length > MOST_GAPS) return { ok: false, reason: 'tooMany', field: 'gaps' }
  const { materials } = matterFacts(pack, subject)
  const gaps: NoticeGap[] = []
  for (const [at, request] of requests.entries()) {
    const refuse = (reason: GapRefusal, name: keyof GapRequest): ComposedGaps => ({
      ...{ ok: false, reason, field: `gaps.${at}.${name}` },
    })
    const listed = materials.value?.find(({ id }) => id === request.material)
    const what = listed ? words.nameOf(listed.name) : request.what
    const ground = request.ground ?? (listed ? (materials.source?.document ?? null) : null)
    if (what === null) return refuse('unnamed', request.material === null ? 'what' : 'material')
    if (ground === null) return refuse('noGround', 'ground')
    if (gaps.some(gap => gap.what === what)) return refuse('twice', listed ? 'material' : 'what')
    gaps.push({ what, wrong: request.wrong ?? words.missing, mend: request.mend ?? words.mend(what), ground })
  }
  return { ok: true, gaps }
}

/**
 * The papers of the list that a sentence of an officer names (缺身份证复印件、结婚证), by any name of theirs of two characters and
 * more. What else the sentence says goes with it as the officer's own words.
 */
export function gapsInWords(
  pack: RegionPack,
  subject: NoticeSubject,
  said: string,
  nameOf: (key: string) => string,
): GapRequest[] {
  const materials = matterFacts(pack, subject).materials.value ?? []
  const named = materials.filter(({ name }) => namesOf(nameOf(name)).some(one => said.includes(one)))
  return named.map(({ id }) => ({ material: id, what: null, wrong: said, mend: null, ground: null }))
}

/** 身份证或户口簿 is asked for by either name. */
const namesOf = (name: string): string[] =>
  name
    .replace(/[（(][^）)]*[）)]/g, '')
    .split(/或|、|\/|，/)
    .map(one => one.trim())
    .filter(one => one.length > 1)
