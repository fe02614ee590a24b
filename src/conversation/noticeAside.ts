import { askApp } from './askApp.ts'
import type { CompiledFlow, Turn, Walk } from './machine.ts'
import { rootOf } from './places.ts'
import { regionOf } from './walk.ts'

/** Label under which people ask what to bring. */
export const NOTICE_INTENT = 'materials_notice'

/**
 * 要带什么, asked in the middle of a matter: the notice of that very matter, for the answers so far, without losing the place.
 * False in flows that are about no matter.
 */
export function askNoticeAside(walk: Walk): boolean {
  const { turn, session } = walk
  const root = rootOf(session)
  const matter = matterOf(turn.library.flow(root.flow, root.revision))
  if (matter === null) return false
  const { language } = turn.conversation
  const region = regionOf(walk)
  const known = Object.fromEntries(
    telling.flatMap(slot => (slot in root.slots ? [[slot, root.slots[slot] ?? null]] : [])),
  )
  askApp(turn, 'issueNotice', { ...known, region: complete(region) ? region : null, matter, language })
  return true
}

/** Answers on which papers may depend. Numbers and phones stay where they are. */
const telling = ['document', 'stage', 'registrant', 'married', 'remarried', 'applicantName']

const matterOf = (flow: CompiledFlow | null): string | null => flow?.matter ?? null

/** Down to the county: packs know nothing finer, and what is wider has no office. */
const complete = (code: string | null): boolean => code !== null && [6, 9, 12].includes(code.length)

/** Longest sentence of an officer about what is missing. */
const LONGEST_SAID = 300

/** What an officer wrote after 告知 and a number. */
export interface HeardNotice {
  number: number
  said: string
}

/**
 * 告知 3 缺身份证复印件: the number of a task in the list last shown, and what is missing. Read from the text as it was typed: the
 * officer's words go into the notice. Null for anything else.
 */
export function heardNotice(turn: Turn, typed: string): HeardNotice | null {
  const wide = typed.normalize('NFKC').trim()
  for (const word of turn.library.texts.words('words.notice')) {
    if (!wide.toLowerCase().startsWith(word.toLowerCase())) continue
    const rest = /^[\s:：]*第?(\d{1,2})\s*[号件个]?[\s:：,，]*(.*)$/su.exec(wide.slice(word.length))
    const [, number = '', said = ''] = rest ?? []
    if (number !== '') return { number: Number(number), said: said.slice(0, LONGEST_SAID).trim() }
  }
  return null
}
