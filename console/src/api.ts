import type { Days } from './frame.ts'
import { standInHeaders } from './standIn.ts'

/** What the service answers to supervisors. The shapes are those of `/openapi.json`. */

export interface Region {
  code: string
  name: string
}

export interface Figure {
  state: 'shown' | 'hidden' | 'noData' | 'noSuchItem'
  numerator: number | null
  denominator: number | null
  n: number | null
  value: number | null
  interval: { low: number; high: number } | null
  targetMet: boolean | null
}

export interface Indicator extends Figure {
  id: string
  unit: 'share' | 'months'
  name: string
  definition: string
  target: number | null
  /** Why there is no number, should there be none. */
  noData: string
  source: { document: string; quote: string }
  /** Address of the list of cases behind it. */
  cases: string | null
}

export interface Item extends Figure {
  matter: string
  name: string
  ways: { way: string; name: string; n: number | null }[]
  cases: string | null
}

export interface CheckRule {
  id: string
  points: number
  quote: string
  reading: string | null
  lost: number | null
  /** What the service would need to take points off. */
  missing: string | null
  /** What it counts about the matter of the rule. */
  figure: (Figure & { name: string; cases: string | null }) | null
}

export interface CheckTable {
  name: string
  source: string
  points: number
  pointsWithData: number
  lost: number
  rows: { id: string; name: string; points: number; rules: CheckRule[] }[]
}

interface Frame extends Days {
  region: Region
  at: string
}

export interface Report extends Frame {
  indicators: Indicator[]
  items: Item[]
  months: (Figure & { month: string })[]
  ratings: { level: number; name: string; n: number | null }[]
  badReasons: { reason: string; name: string; n: number | null }[]
  exceptions: number
  bySilence: number
  checkTable: CheckTable
}

export interface Places extends Frame {
  places: (Figure & { region: Region; cases: string | null })[]
}

export interface Reasons extends Frame {
  n: number | null
  items: {
    reason: string
    name: string
    n: number | null
    share: number | null
    months: { month: string; n: number | null }[]
  }[]
}

/** What residents came to the chat for, most often first. */
export interface Needs extends Frame {
  n: number | null
  items: {
    kind: string
    name: string
    n: number | null
    share: number | null
    months: { month: string; n: number | null }[]
  }[]
}

export interface Offices extends Frame {
  items: { office: Region | null; legal: Figure; promise: Figure }[]
}

export interface CaseRow {
  id: string
  number: string
  status: string
  regionName: string
  receivedAt: string
  promiseDue: string | null
  legalDue: string | null
}

export interface Officer {
  username: string
  name: string
  role: 'village' | 'town' | 'county' | 'auditor'
  regionCode: string
}

/** The service refused, in its own words, or could not be reached. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  /** What the service said beside its sentence: names of fields, of faults. */
  readonly body: unknown
  constructor(status: number, title: string, { body = null, ...options }: ErrorOptions & { body?: unknown } = {}) {
    super(title, options)
    this.status = status
    this.body = body
  }
}

/** With the officers' cookie, and in whose place. @throws {Refused} */
async function reach(path: string, init: RequestInit): Promise<Response> {
  const headers = { ...Object.fromEntries(new Headers(init.headers)), ...standInHeaders(path) }
  return fetch(path, { credentials: 'same-origin', ...init, headers }).catch(withoutWords(0))
}

/** Asks the service. @throws {Refused} */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await reach(path, init)
  const body: unknown = response.status === 204 ? null : await response.json().catch(withoutWords(response.status))
  if (!response.ok) throw new Refused(response.status, titleOf(body), { body })
  return body as T
}

/** A file of the service, with the name that it has there. @throws {Refused} */
export async function fetchFile(path: string): Promise<{ name: string; bytes: Blob }> {
  const response = await reach(path, {})
  if (!response.ok) {
    const body: unknown = await response.json().catch(withoutWords(response.status))
    throw new Refused(response.status, titleOf(body), { body })
  }
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: decodeURIComponent(name ?? ''), bytes: await response.blob().catch(withoutWords(response.status)) }
}

/** No network, or an answer which is not of the service but of something on the way to it: the page says it in its own words. */
function withoutWords(status: number): (cause: unknown) => never {
  return cause => {
    throw new Refused(status, '', { cause })
  }
}

function titleOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string'
    ? body.title
    : ''
}

export function send<T>(path: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  return ask<T>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
}
