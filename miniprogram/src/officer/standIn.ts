import { platform } from '@platform'
import { fields, list, text } from '../api/decode.ts'
import { officerReads } from '../client.ts'
import { call, type Answer } from '../api/answer.ts'

/** An absent colleague whose work an officer does today, in his place and role. */
export interface StandIn {
  username: string
  name: string
  role: string
  regionCode: string
  place: string
}

/** In whose place an officer worked last on this phone: a reload does not send him home. */
const LAST = 'nuanxin.standIn'

function standIn(value: unknown): StandIn {
  const from = fields(value)
  return {
    username: text(from, 'username'),
    name: text(from, 'name'),
    role: text(from, 'role'),
    regionCode: text(from, 'regionCode'),
    place: text(from, 'place'),
  }
}

/** Today's; without network those of last time. */
export const readStandIns = (): Promise<Answer<StandIn[]>> =>
  call(officerReads.send, { method: 'GET', path: '/api/officer/stand-ins' }, value =>
    list(fields(value)['items'], standIn),
  )

export function keepStandIn(officerId: string, one: StandIn | null): void {
  if (one) platform.store.write(LAST, JSON.stringify({ ...one, officerId }))
  else platform.store.remove(LAST)
}

export function keptStandIn(officerId: string): StandIn | null {
  try {
    const from = fields(JSON.parse(platform.store.read(LAST) ?? 'null'))
    return text(from, 'officerId') === officerId ? standIn(from) : null
  } catch {
    return null // none, or of an older client
  }
}
