import { call, postJson, type Answer, type Send } from './answer.ts'
import { fields, list, text, textOrNull } from './decode.ts'

export interface OwnHousehold {
  id: string
  place: string
  /** Masked name of its head. */
  head: string
}

export interface OwnLink extends OwnHousehold {
  proof: string
  since: string
  /** Last day on which a confirmed phone counts; null: it does not end of itself. */
  until: string | null
}

/** For which households this resident gets messages, and what may be asked of him. */
export interface OwnHouseholds {
  links: OwnLink[]
  /** The list has his phone there: which is his? */
  choices: OwnHousehold[]
  phone: string
  /** Day since which nothing comes any more, his phone having been confirmed too long ago; null: that is not why. */
  lapsedOn: string | null
}

/** What came of a proof: `linked`, or why not. */
export type Proved = OwnHouseholds & { outcome: string }

export interface OwnHouseholdApi {
  read(): Promise<Answer<OwnHouseholds>>
  /** The code of WeChat's own phone button; never a number that somebody typed. */
  phone(code: string): Promise<Answer<OwnHouseholds>>
  refusePhone(): Promise<Answer<null>>
  choose(household: string): Promise<Answer<Proved>>
  code(code: string): Promise<Answer<Proved>>
  survey(token: string): Promise<Answer<Proved>>
  end(household: string): Promise<Answer<OwnHouseholds>>
}

const PATH = '/api/own-households'

export function createOwnHouseholdApi(send: Send): OwnHouseholdApi {
  const post = <T>(path: string, body: unknown, decode: (value: unknown) => T) =>
    call(send, postJson(`${PATH}/${path}`, body), decode)
  return {
    read: () => call(send, { method: 'GET', path: PATH }, ownHouseholds),
    phone: code => post('phone', { code }, ownHouseholds),
    refusePhone: () => post('phone/refusal', {}, () => null),
    choose: household => post('choose', { household }, proved),
    code: code => post('code', { code }, proved),
    survey: token => post('survey', { token }, proved),
    end: household => post('end', { household }, ownHouseholds),
  }
}

const proved = (value: unknown): Proved => ({ ...ownHouseholds(value), outcome: text(fields(value), 'outcome') })

function ownHouseholds(value: unknown): OwnHouseholds {
  const from = fields(value)
  return {
    links: list(from['links'], one => {
      const link = fields(one)
      const [proof, since, until] = [text(link, 'proof'), text(link, 'since'), textOrNull(link, 'until')]
      return { ...household(link), proof, since, until }
    }),
    choices: list(from['choices'], one => household(fields(one))),
    phone: text(from, 'phone'),
    lapsedOn: textOrNull(from, 'lapsedOn'),
  }
}

/** The day up to which the first of his confirmed phones counts; empty: none runs out. */
export function countsUntil({ links }: Pick<OwnHouseholds, 'links'>): string {
  return links.flatMap(({ until }) => until ?? []).sort()[0] ?? ''
}

const household = (from: Record<string, unknown>): OwnHousehold => ({
  ...{ id: text(from, 'id'), place: text(from, 'place'), head: text(from, 'head') },
})
