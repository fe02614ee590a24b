import { call, part, type Answer, type Send } from './answer.ts'
import { fields, flag, list, text } from './decode.ts'

export interface Region {
  code: string
  name: string
  hasChildren: boolean
}

/** `home`: the way from the top to the place of this service; empty below the top. */
export interface RegionList {
  items: Region[]
  home: Region[]
}

function region(value: unknown): Region {
  const from = fields(value)
  return { code: text(from, 'code'), name: text(from, 'name'), hasChildren: flag(from, 'hasChildren') }
}

function regionList(value: unknown): RegionList {
  const from = fields(value)
  return { items: list(from['items'], region), home: from['home'] ? list(from['home'], region) : [] }
}

/** The places below `parent`, for residents and officers alike; null asks for the top. */
export const regionsBelow =
  (send: Send) =>
  (parent: string | null): Promise<Answer<RegionList>> =>
    call(send, { method: 'GET', path: `/api/regions${parent ? `?parent=${part(parent)}` : ''}` }, regionList)
