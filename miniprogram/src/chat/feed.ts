import type { Choice, HistoryEntry, InputHint, Reply } from '../api/chatShapes.ts'
import type { OutgoingTurn } from './outgoing.ts'

/** One bubble of the chat. */
export interface Bubble {
  key: string
  from: 'resident' | 'service'
  text: string
  /** RFC 3339, null while it is only known here. */
  at: string | null
  kind: Reply['kind']
  url: string | null
  /** Only for the resident's own: on its way, waiting for the network, or not taken. */
  state: OutgoingTurn['state'] | null
  reason: string
  sensitive: boolean
}

/** A turn that was answered after the history was last read. */
export interface AnsweredTurn {
  turn: OutgoingTurn
  replies: Reply[]
}

/** What the service asks now: the buttons and the fitting input. */
export interface Question {
  key: string
  choices: Choice[]
  input: InputHint | null
}

/** Oldest first, whichever way the service lists them. */
export function oldestFirst(items: HistoryEntry[]): HistoryEntry[] {
  const first = items[0]
  const last = items[items.length - 1]
  return first && last && Date.parse(first.at) > Date.parse(last.at) ? [...items].reverse() : items
}

/** Joins a newly read page to what is known. Without overlap the newer page stands alone: nothing between is guessed. */
export function mergeHistory(known: HistoryEntry[], fetched: HistoryEntry[]): HistoryEntry[] {
  const ids = new Set(fetched.map(({ id }) => id))
  const overlap = known.findIndex(({ id }) => ids.has(id))
  return overlap < 0 ? fetched : [...known.slice(0, overlap), ...fetched]
}

const own = (key: string, text: string, at: string | null): Bubble => ({
  key,
  from: 'resident',
  text,
  at,
  kind: 'text',
  url: null,
  state: null,
  reason: '',
  sensitive: looksLikeIdentityNumber(text),
})

const theirs = ({ id, text, kind, url }: Reply, at: string | null): Bubble => ({
  key: id,
  from: 'service',
  text,
  at,
  kind,
  url,
  state: null,
  reason: '',
  sensitive: false,
})

/** 18 places, the last a digit or X: worth hiding from those who look over a shoulder. */
export const looksLikeIdentityNumber = (text: string): boolean => /^\d{17}[\dXx]$/.test(text.replace(/\s/g, ''))

function entryBubbles(entry: HistoryEntry): Bubble[] {
  if (entry.from === 'service') return entry.replies.map(reply => theirs(reply, entry.at))
  return entry.text === '' ? [] : [own(entry.id, entry.text, entry.at)]
}

function answeredBubbles({ turn, replies }: AnsweredTurn): Bubble[] {
  const said = turn.said === '' ? [] : [own(turn.messageId, turn.said, null)]
  return [...said, ...replies.map(reply => theirs(reply, null))]
}

/** Turns that the history already holds: it may be read between the service's commit and its answer to us. */
export function notYetIn(history: HistoryEntry[], answered: AnsweredTurn[]): AnsweredTurn[] {
  const known = new Set(history.flatMap(({ replies }) => replies.map(({ id }) => id)))
  return answered.filter(({ replies }) => !replies.some(({ id }) => known.has(id)))
}

export function bubblesOf(
  history: HistoryEntry[],
  answered: AnsweredTurn[],
  waiting: readonly OutgoingTurn[],
): Bubble[] {
  const settled = [...history.flatMap(entryBubbles), ...answered.flatMap(answeredBubbles)]
  const pending = waiting.filter(turn => turn.said !== '')
  const sent = pending.map(turn => ({
    ...own(turn.messageId, turn.said, null),
    state: turn.state,
    reason: turn.reason,
  }))
  // The same reply may be in the answer of a turn and in the history read meanwhile.
  const seen = new Set<string>()
  return [...settled, ...sent].filter(({ key }) => !seen.has(key) && seen.add(key))
}

/** Everything the service said since the resident last spoke: a result may arrive after the question that stands. */
function sinceLastWord(history: HistoryEntry[], answered: AnsweredTurn[]): Reply[] {
  const turn = answered[answered.length - 1]
  if (turn) return turn.replies
  const spoke = history.map(({ from }) => from).lastIndexOf('resident')
  return history.slice(spoke + 1).flatMap(({ replies }) => replies)
}

/** The question that stands, or null while an answer is on its way or nothing is asked. */
export function questionOf(
  history: HistoryEntry[],
  answered: AnsweredTurn[],
  waiting: readonly OutgoingTurn[],
): Question | null {
  if (waiting.some(turn => turn.state !== 'refused')) return null
  const [asking] = sinceLastWord(history, answered)
    .filter(reply => reply.choices.length > 0 || reply.input)
    .reverse()
  return asking ? { key: asking.id, choices: asking.choices, input: asking.input } : null
}
