import type { Answered } from './answered.ts'
import { replyText } from './replyText.ts'
import type { Sentences } from './sentences.ts'
import { retryPausesMs, type AskService, type BotTurn, type ServiceAnswer } from './service.ts'

/** One message as the bot sees it, whatever drives the account. */
export interface Heard {
  messageId: string
  senderId: string
  /** Without the mention of the bot. */
  text: string
  kind: 'text' | 'media' | 'other'
  fromSelf: boolean
  sentAt: number
  /** Null in a direct chat. */
  room: { mentionsBot: boolean } | null
}

/** Ways to speak. `direct` answers false when the message could not be handed over. */
export interface Mouth {
  /** False when this person is known to be out of reach outside the room (not a contact of the account). */
  reachable: boolean
  direct(text: string): Promise<boolean>
  room(text: string): Promise<void>
}

export interface BotParts {
  ask: AskService
  answered: Answered
  sentences: Sentences
  maxAgeMs: number
  now(): number
  pause(ms: number): Promise<void>
  note(event: string, detail: Record<string, string | number>): void
}

/** Why a message gets no answer, or null when it gets one. */
export function silence(heard: Heard, parts: Pick<BotParts, 'answered' | 'maxAgeMs' | 'now'>): string | null {
  if (heard.fromSelf) return 'own'
  if (heard.room && !heard.room.mentionsBot) return 'notMentioned'
  if (heard.kind === 'other') return 'notForPeople'
  if (parts.now() - heard.sentAt > parts.maxAgeMs) return 'old'
  if (parts.answered.has(heard.messageId)) return 'answered'
  return null
}

/**
 * Takes one message to the service and brings the answer back. In a room only one neutral sentence is said; the
 * answer itself goes to the direct chat, because it may name people, papers and children.
 */
export async function conduct(heard: Heard, mouth: Mouth, parts: BotParts): Promise<void> {
  const why = silence(heard, parts)
  if (why) return parts.note('ignored', { why })
  if (heard.room && !mouth.reachable) return mouth.room(parts.sentences.roomAddFirst)
  const texts = heard.kind === 'media' ? [parts.sentences.textOnly] : await textsOf(heard, mouth, parts)
  const reached = await sayAll(texts, mouth)
  if (heard.room) await mouth.room(reached ? parts.sentences.roomAnswered : parts.sentences.roomAddFirst)
  parts.answered.add(heard.messageId)
}

async function textsOf(heard: Heard, mouth: Mouth, parts: BotParts): Promise<string[]> {
  const { messageId, senderId } = heard
  // A mention alone is a greeting; the service takes no empty text.
  const text = heard.text || parts.sentences.hello
  const turn: BotTurn = { messageId, senderId, text, ...(heard.room ? { mention: true } : {}) }
  const answer = await askUntilAnswered(turn, mouth, parts)
  if (answer.status === 'answered') return answer.replies.map(reply => replyText(reply, parts.sentences))
  parts.note('gaveUp', { why: answer.why })
  return [parts.sentences.gaveUp]
}

async function askUntilAnswered(turn: BotTurn, mouth: Mouth, parts: BotParts): Promise<ServiceAnswer> {
  let answer = await parts.ask(turn)
  for (const [index, pauseMs] of retryPausesMs.entries()) {
    if (answer.status !== 'later') return answer
    parts.note('serviceAway', { why: answer.why, tries: index + 1 })
    if (index === 0) await mouth.direct(parts.sentences.busy)
    await parts.pause(pauseMs)
    answer = await parts.ask(turn)
  }
  return answer
}

async function sayAll(texts: string[], mouth: Mouth): Promise<boolean> {
  for (const text of texts) {
    if (!(await mouth.direct(text))) return false
  }
  return true
}

/** Runs the work of one person in order and that of different people side by side. */
export function inOrder(): (person: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>()
  return (person, work) => {
    const mine = (last.get(person) ?? Promise.resolve()).then(work, work)
    last.set(person, mine)
    const forget = () => {
      if (last.get(person) === mine) last.delete(person)
    }
    mine.then(forget, forget)
    return mine
  }
}
