import { z } from 'zod'
import type { BotReply } from './replyText.ts'

/** The service answers a turn within 5 s; longer means that something in between is broken. A photo takes its time. */
const ANSWER_TIMEOUT_MS = 10_000
const PHOTO_TIMEOUT_MS = 30_000

/** Pauses before each further try, about nine minutes in all: longer than a restart or an update of the service. */
export const retryPausesMs = [1_000, 3_000, 10_000, 30_000, 60_000, 120_000, 300_000]

const answerShape = z.object({
  replies: z.array(
    z.object({
      text: z.string(),
      choices: z.array(z.object({ key: z.string(), label: z.string() })).optional(),
      input: z.object({ type: z.string() }).optional(),
      url: z.string().optional(),
    }),
  ),
})

export interface BotTurn {
  /** The same for every try, so that the service does the work once and gives the same answer again. */
  messageId: string
  senderId: string
  text?: string
  mention?: boolean
  /** A picture, in base64. */
  photo?: string
  place?: { latitude: number; longitude: number }
}

/** `later`: worth another try under the same message id. `refused`: it would be refused again, an operator must look. */
export type ServiceAnswer =
  | { status: 'answered'; replies: BotReply[] }
  | { status: 'later'; why: string }
  | { status: 'badPhoto' }
  | { status: 'refused'; why: string }

export type AskService = (turn: BotTurn) => Promise<ServiceAnswer>

export function serviceAt(serviceUrl: string, token: string): AskService {
  const address = new URL('/api/bot/turns', serviceUrl)
  return async turn => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(turn),
        redirect: 'error',
        signal: AbortSignal.timeout(turn.photo === undefined ? ANSWER_TIMEOUT_MS : PHOTO_TIMEOUT_MS),
      })
      return await judge(response, turn)
    } catch (error) {
      return { status: 'later', why: error instanceof Error ? error.name : 'unreachable' }
    }
  }
}

async function judge(response: Response, turn: BotTurn): Promise<ServiceAnswer> {
  const why = `HTTP ${response.status}`
  if (response.status >= 500 || response.status === 429 || response.status === 408) return { status: 'later', why }
  if (turn.photo !== undefined && [400, 413, 415, 422].includes(response.status)) return { status: 'badPhoto' }
  if (!response.ok) return { status: 'refused', why }
  const answer = answerShape.safeParse(await response.json())
  return answer.success
    ? { status: 'answered', replies: answer.data.replies }
    : { status: 'refused', why: 'answer not understood' }
}
