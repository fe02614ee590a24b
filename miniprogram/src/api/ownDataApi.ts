import { call, postJson, type Answer, type Send } from './answer.ts'
import { fields, flag, isFields, list, number, text, textOrNull, texts } from './decode.ts'
import { printableContent } from './printable.ts'

/** All that is kept of this resident, by kind. */
export interface OwnData {
  /** How much was said and sent. */
  turns: number
  messages: number
  photos: number
  /** Ways by which he came. */
  channels: string[]
  consents: { purpose: string; at: string }[]
  /** Service calendars that run. */
  calendars: number
  cases: OwnCase[]
  complaints: { number: string; topic: string; receivedAt: string; words: string; answers: string[] }[]
}

export interface OwnCase {
  number: string
  matter: string
  receivedAt: string
  content: Record<string, string>
}

/** One thing of the service calendar; both days count, no end where no rule names one. */
export interface CalendarItem {
  id: string
  from: string
  until: string | null
  text: string
  source: { document: string; checked: string; weight: string }
}

export interface ChildCalendar {
  applicationNumber: string
  expecting: boolean
  birth: string
  items: CalendarItem[]
}

/** `offer`: there is a registration without a calendar. */
export interface Calendars {
  running: ChildCalendar[]
  offer: boolean
}

export const correctionFields = ['name', 'phone', 'address', 'other'] as const

export interface OwnDataApi {
  data(): Promise<Answer<OwnData>>
  /** Null: nothing was filed, so there is nothing to correct. */
  correct(field: string, value: string): Promise<Answer<{ number: string; answerBy: string } | null>>
  erase(): Promise<Answer<{ deleted: number; cases: number; complaints: number }>>
  /** Ends a consent; with that for the service calendar the calendars stop. */
  withdraw(purpose: string): Promise<Answer<null>>
  calendars(): Promise<Answer<Calendars>>
}

/** The same as a file, as the law wants it. */
export const OWN_DATA_FILE = '/api/privacy/data'

export function createOwnDataApi(send: Send): OwnDataApi {
  const get = <T>(path: string, decode: (value: unknown) => T) => call(send, { method: 'GET', path }, decode)
  const post = <T>(path: string, body: unknown, decode: (value: unknown) => T) =>
    call(send, postJson(path, body), decode)
  return {
    data: () => get(OWN_DATA_FILE, ownData),
    correct: (field, value) => post('/api/privacy/corrections', { field, value }, asked),
    erase: () => post('/api/privacy/erasure', {}, erased),
    withdraw: purpose => post('/api/privacy/withdrawals', { purpose }, () => null),
    calendars: () => get('/api/service-calendar', calendars),
  }
}

export function ownData(value: unknown): OwnData {
  const from = fields(value)
  const chat = fields(from['chat'])
  return {
    turns: number(chat, 'turns'),
    messages: number(chat, 'messages'),
    photos: number(chat, 'photos'),
    channels: texts(from['channels']),
    consents: list(from['consents'], one => ({ purpose: text(fields(one), 'purpose'), at: text(fields(one), 'at') })),
    calendars: number(from, 'serviceCalendars'),
    cases: list(from['applications'], ownCase),
    complaints: list(from['complaints'], one => {
      const said = fields(one)
      return {
        ...{ number: text(said, 'number'), topic: text(said, 'topic'), receivedAt: text(said, 'receivedAt') },
        words: text(said, 'words'),
        answers: list(said['answers'], answer => text(fields(answer), 'text')),
      }
    }),
  }
}

/** The code of a place says nothing to people; its name stands beside it. */
function ownCase(value: unknown): OwnCase {
  const from = fields(value)
  const { regionCode: _code, ...content } = printableContent(fields(from['content']))
  return { number: text(from, 'number'), matter: text(from, 'matter'), receivedAt: text(from, 'receivedAt'), content }
}

function asked(value: unknown) {
  const found = fields(value)['asked']
  return isFields(found) ? { number: text(found, 'number'), answerBy: text(found, 'answerBy') } : null
}

function erased(value: unknown) {
  const from = fields(value)
  return { deleted: number(from, 'deleted'), cases: number(from, 'cases'), complaints: number(from, 'complaints') }
}

function calendars(value: unknown): Calendars {
  const from = fields(value)
  return { running: list(from['running'], childCalendar), offer: flag(from, 'offer') }
}

function childCalendar(value: unknown): ChildCalendar {
  const from = fields(value)
  return {
    applicationNumber: text(from, 'applicationNumber'),
    expecting: flag(from, 'expecting'),
    birth: text(from, 'birth'),
    items: list(from['items'], one => {
      const item = fields(one)
      const source = fields(item['source'])
      return {
        ...{ id: text(item, 'id'), from: text(item, 'from'), until: textOrNull(item, 'until') },
        text: text(item, 'text'),
        source: {
          document: text(source, 'document'),
          checked: text(source, 'checked'),
          weight: text(source, 'weight'),
        },
      }
    }),
  }
}
