import { BadShape, fields, flag, list, number, oneOf, text, textOrNull, texts } from './decode.ts'
import type { Answer, Send } from './answer.ts'
import { officerCalls } from './officerCalls.ts'

/** One question of a questionnaire at the door. `askedAfter`: only after one of these answers to another one; null: always. */
export interface DoorQuestion {
  slot: string
  type: 'choice' | 'multiChoice' | 'yesNo' | 'text'
  text: string
  help: string
  optional: boolean
  /** What the button says that passes it over; empty where it may not be. */
  skip: string
  options: { key: string; label: string }[]
  maxLength: number | null
  askedAfter: { slot: string; answers: string[] } | null
}

export type DoorAnswers = Record<string, string | string[] | null>

export interface DoorSurvey {
  title: string
  stand: 'open' | 'finished' | 'closed'
  questions: DoorQuestion[]
}

const kept = ['kept', 'finished', 'already', 'closed', 'incomplete'] as const
export type DoorKept = (typeof kept)[number]

export interface DoorApi {
  /** By the code that the household shows. */
  open(code: string): Promise<Answer<DoorSurvey>>
  finish(code: string, answers: DoorAnswers): Promise<Answer<DoorKept>>
}

function question(value: unknown): DoorQuestion {
  const from = fields(value)
  const after = from['askedAfter'] === null ? null : fields(from['askedAfter'])
  return {
    slot: text(from, 'slot'),
    type: oneOf(['choice', 'multiChoice', 'yesNo', 'text'], from['type']),
    text: text(from, 'text'),
    help: textOrNull(from, 'help') ?? '',
    optional: flag(from, 'optional'),
    skip: textOrNull(from, 'skip') ?? '',
    options: list(from['options'], one => ({ key: text(fields(one), 'key'), label: text(fields(one), 'label') })),
    maxLength: from['maxLength'] === null ? null : number(from, 'maxLength'),
    askedAfter: after && { slot: text(after, 'slot'), answers: texts(after['answers']) },
  }
}

export function doorSurvey(value: unknown): DoorSurvey {
  const from = fields(value)
  return {
    title: text(from, 'title'),
    stand: oneOf(['closed', 'open', 'finished'], from['stand']),
    questions: list(from['every'], question),
  }
}

/** What is not known to this client is no proof that something was handed in. */
function doorKept(value: unknown): DoorKept {
  const word = text(fields(value), 'kept')
  const known = kept.find(one => one === word)
  if (known === undefined) throw new BadShape(`kept is ${word}`)
  return known
}

export function createDoorApi(send: Send, csrf: () => string): DoorApi {
  const { post } = officerCalls(send, csrf)
  return {
    open: code => post('/api/surveys/door', { code }, doorSurvey),
    finish: (code, answers) => post('/api/surveys/door/answers', { code, answers, finish: true }, doorKept),
  }
}
