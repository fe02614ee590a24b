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
  kind: 'text' | 'photo' | 'media' | 'other'
  fromSelf: boolean
  sentAt: number
  /** Null in a direct chat. */
  room: { mentionsBot: boolean } | null
  /** Where he is, when he sent that. */
  place: { latitude: number; longitude: number } | null
  /** The picture in base64, fetched when it is needed; null when it is too big or cannot be had. */
  photo(): Promise<string | null>
}

/** Ways to speak. `direct` answers false when the message could not be handed over. */
export interface Mouth {
  /** False when this person is known to be out of reach outside the room (not a contact of the account). */
  reachable: boolean
  direct(text: string): Promise<boolean>
  room(text: string): Promise<void>
  /** Shows the account's own card in the room, so that somebody can add it. */
  card(): Promise<void>
  /** Opens the mini-program in the direct chat, for what a chat cannot do. */
  handOver(miniProgram: MiniProgram, title: string): Promise<void>
}

/** The mini-program of the county, as WeChat knows it. */
export interface MiniProgram {
  appId: string
  /** `gh_…@app`. */
  userName: string
  page: string
}

export interface BotParts {
  ask: AskService
  answered: Answered
  sentences: Sentences
  /** Null: there is none, or no puppet that can show it. */
  miniProgram: MiniProgram | null
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
  if (heard.room && !mouth.reachable) {
    await mouth.room(parts.sentences.roomAddFirst)
    return mouth.card()
  }
  const said = await answerTo(heard, mouth, parts)
  const reached = await sayAll(said.texts, mouth)
  if (reached && said.handsOver && parts.miniProgram)
    await mouth.handOver(parts.miniProgram, parts.sentences.miniProgram)
  if (heard.room) await mouth.room(reached ? parts.sentences.roomAnswered : parts.sentences.roomAddFirst)
  parts.answered.add(heard.messageId)
}

interface Said {
  texts: string[]
  /** It goes on where more than text and photos can be given. */
  handsOver: boolean
}

const only = (text: string, handsOver = false): Said => ({ texts: [text], handsOver })

async function answerTo(heard: Heard, mouth: Mouth, parts: BotParts): Promise<Said> {
  const { sentences } = parts
  if (heard.kind === 'media') return only(sentences.textOnly, true)
  const photo = heard.kind === 'photo' ? await heard.photo() : null
  if (heard.kind === 'photo' && photo === null) return only(sentences.photoUnread, true)
  const answer = await askUntilAnswered(turnOf(heard, photo, sentences), mouth, parts)
  if (answer.status === 'badPhoto') return only(sentences.photoUnread, true)
  if (answer.status === 'answered') {
    return {
      texts: answer.replies.map(reply => replyText(reply, sentences)),
      handsOver: answer.replies.some(({ input }) => input?.type === 'signature'),
    }
  }
  parts.note('gaveUp', { why: answer.why })
  return only(sentences.gaveUp)
}

function turnOf(
  { messageId, senderId, text, room, place }: Heard,
  photo: string | null,
  { hello }: Sentences,
): BotTurn {
  const who = { messageId, senderId, ...(room ? { mention: true } : {}) }
  if (photo !== null) return { ...who, photo }
  // A mention alone is a greeting; the service takes no empty text.
  return { ...who, text: text || hello, ...(place ? { place } : {}) }
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
