import { madeOnce } from './stepText.ts'
import type { Conversation, Place, Session } from './types.ts'

/**
 * The format this version writes. 3 holds what 2 held; a conversation as nearly all are, one session that waits for an
 * answer and nothing else open, is written as a short list, because every turn reads, writes, seals and keeps it:
 * `[3, id, flow, revision, step, visit, slots, turnId, tries, path]`. `tries` is left out when there was none,
 * `path` (steps, with spaces between) when it is just the names of the slots. Any other conversation is written as it is.
 */
export const FORMAT = 3

/** Stands for the format of what is a list of this format and lacks a field of it. */
export const DAMAGED = 0

/** What is written of a session that stands alone, as it is read. */
type Short = [
  format: typeof FORMAT,
  id: string,
  flow: string,
  revision: number,
  step: string,
  visit: number,
  slots: Place['slots'],
  turnId: string,
  tries?: number,
  path?: string,
]

/** Stands for a conversation that this version cannot read; goes back as it was found. */
interface Unread extends Omit<Conversation, 'format'> {
  /** That of the version that wrote it, or `DAMAGED`. */
  format: number
  written: unknown
}

/** Fields that every conversation has, and every session: what has more of them is not written short. */
const CONVERSATION_FIELDS = 6
const SESSION_FIELDS = 10

/** The text for the database. What `readStored` could not read goes back as it was found. */
export function writeConversation(conversation: Conversation): string {
  const alone = standsAlone(conversation)
  if (alone) return writeShort(alone)
  if (isAtRest(conversation)) return writeAtRest(conversation)
  return JSON.stringify('written' in conversation ? conversation.written : conversation)
}

/** The session of a conversation that can be written short. */
function standsAlone(conversation: Conversation): Session | null {
  const { format, language, sessions, current, queue, greeted } = conversation
  if (format !== FORMAT || sessions.length !== 1 || queue.length > 0 || !greeted || language !== 'zh-CN') return null
  const [session] = sessions
  if (!session || session.id !== current || session.status !== 'waiting') return null
  const more = countFields(conversation) > CONVERSATION_FIELDS || countFields(session) > SESSION_FIELDS
  return more ? null : session
}

/** Whether nothing is open and nothing is known beside the language, as after every matter. */
function isAtRest(conversation: Conversation): boolean {
  const { format, sessions, current, queue } = conversation
  const empty = format === FORMAT && sessions.length === 0 && queue.length === 0 && current === null
  return empty && countFields(conversation) === CONVERSATION_FIELDS
}

/** What JSON makes of it, at a fraction of the cost. */
function writeAtRest({ language, greeted }: Conversation): string {
  return `{"format":${FORMAT},"language":"${language}","sessions":[],"current":null,"queue":[],"greeted":${greeted}}`
}

// Without the list that `Object.keys` would make: every turn counts twice.
function countFields(plain: object): number {
  let fields = 0
  for (const _ in plain) fields += 1
  return fields
}

/**
 * Put together by hand around the slots, which halves its cost: ids are our own and names hold by their schema nothing
 * that JSON would write otherwise.
 */
function writeShort({ id, flow, revision, step, visit, slots, turnId, tries, path }: Session): string {
  const head = `[${FORMAT},"${id}","${flow}",${revision},"${step}",${visit},${slotsText(slots)},"${turnId}"`
  if (!isNamesOf(path, slots)) return `${head},${tries},"${path.join(' ')}"]`
  return tries > 0 ? `${head},${tries}]` : `${head}]`
}

/** Ends one text and begins the next: of fewer pieces a text is put together, and read, in less time. */
const betweenTexts = madeOnce(name => `","${name}":"`)

/** JSON of the slots. Most answers are short plain texts, which stand in quotes as they are. */
function slotsText(slots: Place['slots']): string {
  let written = ''
  /** Whether the text written last has no quote behind it yet. */
  let open = false
  for (const name in slots) {
    const value = slots[name] ?? null
    const plain = typeof value === 'string' && isPlain(value)
    if (plain && open) written = written + betweenTexts(name) + value
    else {
      const before = written === '' ? '{"' : open ? '","' : ',"'
      written = written + before + name + (plain ? '":"' + value : `":${JSON.stringify(value)}`)
    }
    open = plain
  }
  return written === '' ? '{}' : `${written}${open ? '"}' : '}'}`
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isEscaped(text.charCodeAt(at))) return false
  return true
}

/** What JSON writes otherwise: signs for the machine, `"`, `\\`, halves of characters. */
function isEscaped(unit: number): boolean {
  return unit < 0x20 || unit === 0x22 || unit === 0x5c || (unit >= 0xd800 && unit <= 0xdfff)
}

/** Whether a path is the names of the slots in their order: most steps are named like the slot they fill. */
function isNamesOf(path: string[], slots: Place['slots']): boolean {
  let n = 0
  for (const name in slots) if (path[n++] !== name) return false
  return n === path.length
}

/**
 * A conversation out of the database. Older formats come as they were written (`readConversation` brings them up). What
 * a newer version wrote, or what is damaged, comes in a shape that `readConversation` refuses, so that the person is
 * told and nothing is written over.
 * @throws SyntaxError when it is no JSON: then the key or the row is wrong.
 */
export function readStored(text: string): Conversation {
  const stored: unknown = JSON.parse(text)
  // A decoder: the engine itself wrote it, and every format is told by its number.
  if (!Array.isArray(stored)) return stored as Conversation
  if (isShort(stored)) return conversationOf(stored)
  // Of another format on purpose: `readConversation` refuses it by that number.
  return unreadOf(stored) as Conversation
}

function unreadOf(written: unknown[]): Unread {
  const format = written[0] === FORMAT ? DAMAGED : Number(written[0])
  return { format, language: 'zh-CN', sessions: [], current: null, queue: [], greeted: false, written }
}

// Written out: going over lists of fields would double the cost of a check that every turn makes.
function isShort(stored: unknown[]): stored is Short {
  const [format, id, flow, revision, step, visit, slots, turnId, tries = 0, path = ''] = stored
  return (
    format === FORMAT &&
    typeof id === 'string' &&
    typeof flow === 'string' &&
    typeof revision === 'number' &&
    typeof step === 'string' &&
    typeof visit === 'number' &&
    typeof slots === 'object' &&
    slots !== null &&
    typeof turnId === 'string' &&
    typeof tries === 'number' &&
    typeof path === 'string'
  )
}

function conversationOf(stored: Short): Conversation {
  const [, id, flow, revision, step, visit, slots, turnId, tries = 0, path] = stored
  // All fields at once and always in this order: objects of one shape are what the rest of a turn is quick on.
  const session: Session = {
    id,
    flow,
    revision,
    step,
    visit,
    tries,
    slots,
    path: path === undefined ? Object.keys(slots) : stepsOf(path),
    turnId,
    status: 'waiting',
  }
  return { format: FORMAT, language: 'zh-CN', sessions: [session], current: id, queue: [], greeted: true }
}

function stepsOf(path: string): string[] {
  return path === '' ? [] : path.split(' ')
}
